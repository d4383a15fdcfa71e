/** `saathi stats …`: its options. */
import { Option, type Command } from 'commander';
import { FORMATS, type Format } from '../files';
import type { PeriodKind } from '../stats';
import { stats, STATS_TABLES, type StatsTable } from './stats';

/** Puts the commands about figures on the command line. */
export function addStatsCommands(program: Command, write: (text: string) => void): void {
  const statsCommand = program.command('stats').description('figures, from the journal');

  statsCommand
    .command('show')
    .description('the figures of an area, a line a week or month, as CSV')
    .option('--area <area>', 'all, network:FEM, state:UP, district:UP-sitapur or group:ABC2', 'all')
    .addOption(new Option('--by <period>', 'by week or month').choices(['week', 'month']).default('week'))
    .action(({ area, by }: { area: string; by: PeriodKind }) =>
      stats({ do: 'show', area, kind: by }, process.env, (line) => write(`${line}\n`)),
    );

  statsCommand
    .command('export')
    .description('the same as a file, for Excel or as CSV; or lessons with their drop-off, or joining months')
    .addOption(new Option('--table <table>', 'which table').choices(STATS_TABLES).default('figures'))
    .option('--area <area>', 'all, network:FEM, state:UP, district:UP-sitapur or group:ABC2', 'all')
    .addOption(new Option('--by <period>', 'by week or month').choices(['week', 'month']).default('week'))
    .addOption(new Option('--format <format>', 'what for').choices(FORMATS).default('xlsx'))
    .requiredOption('--out <file>', 'where to; an older file of that name is written over')
    .action(
      ({
        table,
        area,
        by,
        format,
        out,
      }: {
        table: StatsTable;
        area: string;
        by: PeriodKind;
        format: Format;
        out: string;
      }) =>
        stats({ do: 'export', table, area, kind: by, format, out }, process.env, (line) =>
          write(`${line}\n`),
        ),
    );

  statsCommand
    .command('rebuild')
    .description('throw all figures away and make them anew from the journal')
    .action(() => stats({ do: 'rebuild' }, process.env, (line) => write(`${line}\n`)));
}
