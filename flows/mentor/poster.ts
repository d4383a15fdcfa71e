/** How men come to the group: a link to send on and a poster to show, where WhatsApp has a number for it; else the words. */
import { part, sayWith } from '../phrases';
import { groupInHand } from './group';

/** Says how one joins the group in hand. */
export const sayHowToJoin = sayWith(({ context }) => {
  const group = groupInHand(context);
  if (!group) return { parts: [part('mentor.no-group')] };
  const { code, name, joinLink } = group;
  if (joinLink === undefined) return { parts: [part('poster.words', { group: name, code })] };
  return {
    parts: [
      part('poster.link', { group: name, code, link: joinLink }),
      { ...part('poster.picture'), hasPicture: true },
    ],
    picture: { kind: 'poster', group: code, language: context.profile.language ?? 'hi' },
  };
});
