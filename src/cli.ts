/** The command line: `npm run saathi -- …`, `npm start`, `npm run chat`. */
import { Command, Option } from 'commander';
import 'dotenv/config';
import { moment, pretendPhone, wholeNumber } from './commands/arguments';
import { audit, type AuditOrder } from './commands/audit';
import { backup, type BackupOrder } from './commands/backup';
import { broadcast } from './commands/broadcast';
import { careMeasure, careTrain, careValidate } from './commands/care';
import { chat, type ChatOptions } from './commands/chat';
import { addContentCommands } from './commands/content';
import { demo, type DemoOrder } from './commands/demo';
import { doctor } from './commands/doctor';
import { explain } from './commands/failure';
import { group, type GroupOrder } from './commands/group';
import { rotateKeys } from './commands/keys';
import { outbox, type OutboxOrder } from './commands/outbox';
import { people, type PeopleOrder } from './commands/people';
import { rights, type RightsOrder } from './commands/rights';
import { smsFallback } from './commands/sms-fallback';
import { start, type StartOrder } from './commands/start';
import { addStatsCommands } from './commands/stats-line';
import type { Purpose } from './conversation';
import { PURPOSES } from './delivery';
import { ROLES, type Row } from './people';

const write = (text: string) => void process.stdout.write(text);
const program = new Command('saathi').description(
  'Samanta Saathi: a companion for men who work for equality',
);

program
  .command('start')
  .description('run the product until it is stopped')
  .addOption(
    new Option('--role <role>', 'what this process does').choices(['all', 'web', 'worker']).default('all'),
  )
  .option('--live-content', 'take in what is saved under content/ while it runs (not in production)', false)
  .action((order: StartOrder) => start(order, process.env, (line) => write(`${line}\n`)));

program
  .command('chat')
  .description('talk to the bot here in the terminal')
  .addOption(
    new Option('--channel <channel>', 'as it looks on').choices(['whatsapp', 'sms']).default('whatsapp'),
  )
  .option('--as <phone>', 'who writes', pretendPhone, '+919800000001')
  .addOption(
    new Option('--role <role>', 'by what role')
      .choices(['saathi', 'mentor', 'coordinator'])
      .default('saathi'),
  )
  .option('--clock <moment>', 'where the pretend clock stands, e.g. 2026-01-04T10:00:00+05:30', moment)
  .option('--json', 'a JSON line a message', false)
  .option('--data <folder>', 'keep the conversation in this folder')
  .action(async (options: ChatOptions) => {
    process.exitCode = await chat(options, {
      input: process.stdin,
      output: process.stdout,
      errors: process.stderr,
      isInteractive: process.stdin.isTTY,
    });
  });

addContentCommands(program, write);

const care = program.command('care').description('look after the guard that notices disclosures');

care
  .command('measure')
  .description('how well it does on the labelled messages: figures, never a message')
  .action(() => careMeasure((line) => write(`${line}\n`)));

care
  .command('train')
  .description(
    'learn the weights of the trained part from the development messages (content/care/trained.tsv)',
  )
  .action(() => careTrain((line) => write(`${line}\n`)));

care
  .command('validate')
  .description('how well it does on development messages left out of the training: figures, never a message')
  .action(() => careValidate((line) => write(`${line}\n`)));

program
  .command('doctor')
  .description('look at configuration, database, Twilio, Chromium and content, and say what to do')
  .action(async () => {
    process.exitCode = await doctor(process.env, { print: (line) => write(`${line}\n`) });
  });

program
  .command('demo')
  .description('fill an empty database with a believable synthetic history')
  .option('--participants <number>', 'how many people', wholeNumber, 200)
  .option('--weeks <number>', 'over how many weeks', wholeNumber, 12)
  .option('--seed <word>', 'another word, another history', 'saathi')
  .option('--until <moment>', 'where it ends, e.g. 2026-06-30T12:00:00+05:30; now by default', moment)
  .option('--yes', 'throw an earlier demo away', false)
  .action((order: DemoOrder) => demo(order, process.env, (line) => write(`${line}\n`)));

const broadcastCommand = program
  .command('broadcast')
  .description('messages to many: what was sent, and holding it back by hand');

broadcastCommand
  .command('list')
  .description('the latest, the newest first')
  .action(async () => {
    process.exitCode = await broadcast({ do: 'list' }, process.env, (line) => write(`${line}\n`));
  });

const ABOUT_BROADCAST = {
  show: 'how it stands: delivered, read, failed and why',
  pause: 'nothing more of it leaves until it is resumed',
  resume: 'it goes on',
  cancel: 'it is over; what has left is not called back',
  retry: 'try those once more whom it did not reach',
} as const;
for (const word of ['show', 'pause', 'resume', 'cancel', 'retry'] as const)
  broadcastCommand
    .command(word)
    .description(ABOUT_BROADCAST[word])
    .argument('<id>', 'as it stands in the list')
    .action(async (id: string) => {
      process.exitCode = await broadcast({ do: word, id }, process.env, (line) => write(`${line}\n`));
    });

const outboxCommand = program
  .command('outbox')
  .description('what waits to leave, by purpose, and how the senders are')
  .action(() => order({ do: 'show' }));

for (const word of ['pause', 'resume'] as const)
  outboxCommand
    .command(word)
    .description(word === 'pause' ? 'let nothing leave, answers included' : 'let messages leave again')
    .option('--sender <sender>', 'only by this sender, e.g. twilio-whatsapp')
    .action(({ sender }: { sender?: string }) => order({ do: word, sender }));

outboxCommand
  .command('cancel')
  .description('withdraw what waits')
  .addOption(
    new Option('--purpose <purpose>', 'of what kind').choices([...PURPOSES, 'all']).makeOptionMandatory(),
  )
  .option('--yes', 'do it; without, only the counts are shown', false)
  .action(({ purpose, yes }: { purpose: Purpose | 'all'; yes: boolean }) =>
    order({ do: 'cancel', purpose, isSure: yes }),
  );

const peopleCommand = program.command('people').description('look after people');

peopleCommand
  .command('import')
  .description('take in a list of people (.csv or .xlsx); nothing is sent to anybody, and it may be repeated')
  .argument('<file>', 'columns: phone, name, role, state, district, group, tier')
  .option('--dry-run', 'say what would happen, and write nothing', false)
  .action((file: string, { dryRun }: { dryRun: boolean }) => seeToPeople({ do: 'import', file, dryRun }));

peopleCommand
  .command('add')
  .description('take in one person: he is welcomed when he writes, and offered the role if it is not saathi')
  .requiredOption('--phone <number>', 'with country code, e.g. +919800000001')
  .option('--name <name>', 'as he is called')
  .addOption(new Option('--role <role>', 'what he is to be').choices(ROLES).default('saathi'))
  .option('--state <state>', 'name or id, e.g. UP')
  .option('--district <district>', 'name or id, e.g. UP-sitapur')
  .option('--group <code>', 'the group he is to be in')
  .option('--tier <tier>', 'of an officer: community, district or state')
  .action((row: Partial<Row>) => seeToPeople({ do: 'add', ...row }));

peopleCommand
  .command('sms')
  .description('record that somebody agreed to SMS when WhatsApp does not reach him, or takes it back')
  .argument('<whatsapp>', 'the number he writes from on WhatsApp, e.g. +919800000001')
  .option('--to <number>', 'the number for SMS; without it his agreement is taken back')
  .requiredOption('--proof <words>', 'what proves it, e.g. "form 17 of 3 May"')
  .action(async (whatsapp: string, options: { to?: string; proof: string }) => {
    process.exitCode = await smsFallback({ whatsapp, ...options }, process.env, (line) => write(`${line}\n`));
  });

peopleCommand
  .command('export')
  .description('all that is kept of one person, as a file for him')
  .argument('<who>', 'his id, or his phone number with country code')
  .requiredOption('--to <file>', 'a new file; only you can read it')
  .action((who: string, { to }: { to: string }) => seeToRights({ do: 'export', who, to }));

peopleCommand
  .command('erase')
  .description('erase one person as his own DELETE does')
  .argument('<who>', 'his id, or his phone number with country code')
  .option('--yes', 'do it; without, it only says what would go', false)
  .action((who: string, { yes }: { yes: boolean }) => seeToRights({ do: 'erase', who, isSure: yes }));

program
  .command('backup')
  .description('the embedded database as one file, while the product is stopped')
  .argument('<file>', 'a new file')
  .action((file: string) => seeToBackup({ do: 'backup', file }));

program
  .command('restore')
  .description('put a backup into a data folder without data; whoever was erased since is erased again')
  .argument('<file>', 'as "backup" made it')
  .action((file: string) => seeToBackup({ do: 'restore', file }));

program
  .command('compact')
  .description('write the embedded database anew, so that nothing removed is left in its file')
  .action(() => seeToBackup({ do: 'compact' }));

const auditCommand = program
  .command('audit')
  .description('who did what to whose data, in a chain that shows when it is changed');

auditCommand
  .command('list')
  .description('the entries since a moment: number, moment, who, did, what')
  .requiredOption('--since <moment>', 'e.g. 2026-01-04T10:00:00+05:30', moment)
  .action(({ since }: { since: Date }) => auditTrail({ do: 'list', since }));

auditCommand
  .command('verify')
  .description('find what was changed, removed or put in; exit code 1 when something was')
  .option('--head <number:hash>', 'a head that an earlier verification printed and you noted')
  .action(({ head }: { head?: string }) => auditTrail({ do: 'verify', head }));

const groupCommand = program.command('group').description('look after groups');

groupCommand
  .command('list')
  .description('all groups with mentor and size; those without a mentor say so')
  .option('--state <id>', 'only of this state, e.g. UP')
  .action(({ state }: { state?: string }) => seeToGroups({ do: 'list', state }));

groupCommand
  .command('show')
  .description('one group with its men by number')
  .argument('<code>')
  .action((code: string) => seeToGroups({ do: 'show', code }));

groupCommand
  .command('create')
  .description('a new group for somebody who is a mentor')
  .requiredOption('--name <name>', 'what it is called')
  .requiredOption('--mentor <number>', 'his phone number, e.g. +919800000001')
  .action((what: { name: string; mentor: string }) => seeToGroups({ do: 'create', ...what }));

groupCommand
  .command('move')
  .description('put a man of one group into another')
  .argument('<code>', 'the group he is in')
  .argument('<number>', 'his number there', wholeNumber)
  .requiredOption('--to <code>', 'the group he goes to')
  .action((code: string, number: number, { to }: { to: string }) =>
    seeToGroups({ do: 'move', code, number, to }),
  );

groupCommand
  .command('handover')
  .description('offer a group to another mentor, who takes it in his chat')
  .argument('<code>')
  .requiredOption('--to <number>', "the other mentor's phone number")
  .action((code: string, { to }: { to: string }) => seeToGroups({ do: 'handover', code, to }));

program
  .command('keys')
  .description('look after the key that seals reflections')
  .command('rotate')
  .description('seal everything with the present DATA_KEY; earlier ones stand in DATA_KEY_OLD')
  .action(() => rotateKeys(process.env, (line) => write(`${line}\n`)));

addStatsCommands(program, write);

async function seeToPeople(what: PeopleOrder): Promise<void> {
  process.exitCode = await people(what, process.env, (line) => write(`${line}\n`));
}

function seeToRights(what: RightsOrder): Promise<void> {
  return rights(what, process.env, (line) => write(`${line}\n`));
}

function seeToBackup(what: BackupOrder): Promise<void> {
  return backup(what, process.env, (line) => write(`${line}\n`));
}

async function seeToGroups(what: GroupOrder): Promise<void> {
  process.exitCode = await group(what, process.env, (line) => write(`${line}\n`));
}

function order(what: OutboxOrder): Promise<void> {
  return outbox(what, process.env, (line) => write(`${line}\n`));
}

async function auditTrail(what: AuditOrder): Promise<void> {
  process.exitCode = await audit(what, process.env, (line) => write(`${line}\n`));
}

program.parseAsync().catch((error: unknown) => {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = 1;
});
