import type { Command, OptionTable } from './command';

const WIDTH = 88;

/** Breaks a text into lines, those after the first indented. */
function wrap(text: string, indent: number): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && indent + line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].join(`\n${' '.repeat(indent)}`);
}

/** Rows of a left column and a text beside it. */
export function twoColumns(rows: readonly (readonly [string, string])[]): string {
  const width = Math.max(...rows.map(([left]) => left.length)) + 2;
  return rows.map(([left, right]) => `  ${left.padEnd(width)}${wrap(right, width + 2)}`).join('\n');
}

function optionRows(options: OptionTable): [string, string][] {
  return Object.entries(options).map(([name, { short, value, help, fallback }]) => [
    `${short === undefined ? '' : `-${short}, `}--${name}${value === undefined ? '' : ` ${value}`}`,
    fallback === undefined ? help : `${help} (default: ${fallback})`,
  ]);
}

const EXIT_CODES: readonly (readonly [string, string])[] = [
  ['0', 'done'],
  ['1', 'an error inside Probust, or no backend would start'],
  ['2', 'the command line is wrong'],
  ['3', 'a file is wrong or cannot be read or written'],
  ['4', 'the model is missing, damaged or fails; or an estimator failed and the rest was written'],
  ['130', 'interrupted (Ctrl-C or SIGTERM)'],
  ['141', 'the reader of stdout closed it before all was written'],
];

/** The page that `probust COMMAND --help` prints. */
export function commandHelp(command: Command): string {
  const parts = [
    `probust ${command.name} ${command.usage}`.trimEnd(),
    wrap(command.summary, 0),
    `Options\n${twoColumns([...optionRows(command.options), ['-h, --help', 'this page']])}`,
    ...command.notes.map((note) => wrap(note, 0)),
    `Examples\n${command.examples.map(({ what, line }) => `  # ${what}\n  ${line}`).join('\n')}`,
  ];
  return `${parts.join('\n\n')}\n`;
}

/** The page that `probust --help` prints. */
export function overview(commands: readonly Command[], version: string): string {
  const parts = [
    `probust ${version}: how likely is a prediction to survive Gaussian noise?`,
    'probust COMMAND [options]',
    `Commands\n${twoColumns(commands.map(({ name, summary }) => [name, summary]))}`,
    `Options\n${twoColumns([
      ['-h, --help', 'this page, or that of a command: probust sweep --help'],
      ['-v, --version', 'the version'],
    ])}`,
    'Results go to stdout or a file, progress and errors to stderr.',
    `Exit codes\n${twoColumns(EXIT_CODES)}`,
    `Examples\n${commands
      .flatMap(({ examples }) => examples.slice(0, 1))
      .map(({ line }) => `  ${line}`)
      .join('\n')}`,
  ];
  return `${parts.join('\n\n')}\n`;
}
