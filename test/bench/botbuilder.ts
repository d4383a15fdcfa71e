/** The peer: the same quiz in botbuilder-dialogs, with its in-memory storage (which serialises as JSON). */
import {
  ActivityTypes,
  ConversationState,
  MemoryStorage,
  TestAdapter,
  TurnContext,
  type Activity,
} from 'botbuilder-core';
import {
  ChoicePrompt,
  DialogSet,
  DialogTurnStatus,
  ListStyle,
  TextPrompt,
  WaterfallDialog,
} from 'botbuilder-dialogs';
import { ACTION, ANSWERS, FEEDBACK, OPTIONS, QUESTION, REFLECTION, WHEN } from './quiz';

export function botbuilderQuiz(): (index: number) => Promise<void> {
  const state = new ConversationState(new MemoryStorage());
  const dialogs = new DialogSet(state.createProperty('dialogs'));
  const choice = new ChoicePrompt('choice', undefined, 'en-us');
  choice.style = ListStyle.list;
  dialogs.add(choice);
  dialogs.add(new TextPrompt('text'));
  dialogs.add(
    new WaterfallDialog<object>('quiz', [
      (step) => step.prompt('choice', { prompt: QUESTION, choices: OPTIONS }),
      async (step) => {
        const { index } = step.result as { index: number };
        await step.context.sendActivity(FEEDBACK[index] ?? '');
        return step.prompt('text', REFLECTION);
      },
      (step) => step.prompt('choice', { prompt: ACTION, choices: WHEN }),
      async (step) => {
        await step.context.sendActivity('Good!');
        return step.endDialog();
      },
    ]),
  );
  const adapter = new TestAdapter(() => Promise.resolve());

  async function turn(text: string, conversation: string): Promise<DialogTurnStatus> {
    const activity: Partial<Activity> = {
      type: ActivityTypes.Message,
      text,
      channelId: 'test',
      locale: 'en-us',
      from: { id: 'user', name: 'user' },
      recipient: { id: 'bot', name: 'bot' },
      conversation: { id: conversation, name: conversation, isGroup: false, conversationType: 'personal' },
    };
    const context = new TurnContext(adapter, activity);
    const dialog = await dialogs.createContext(context);
    const result = await dialog.continueDialog();
    const status =
      result.status === DialogTurnStatus.empty ? (await dialog.beginDialog('quiz')).status : result.status;
    await state.saveChanges(context);
    adapter.activeQueue.length = 0;
    return status;
  }

  return async (index) => {
    const place = index % ANSWERS.length;
    const conversation = `quiz-${index - place}`;
    // The question itself is asked outside the count, as it is for the others.
    if (place === 0) await turn('hello', conversation);
    const status = await turn(ANSWERS[place] ?? '', conversation);
    const isLast = place === ANSWERS.length - 1;
    if (status !== (isLast ? DialogTurnStatus.complete : DialogTurnStatus.waiting)) {
      throw new Error('The peer left the quiz.');
    }
  };
}
