// A process that masks a file and ends itself with SIGKILL at the n-th step. Arguments: file, format, home, JSON list of
// spans, number of the step (0: never). Prints the steps it went through.
import { appendFileSync } from 'node:fs';
import type { ShellFormat } from '../../src/model/shell-sighting.ts';
import type { Span } from '../../src/model/span.ts';
import { maskFile } from '../../src/scrub/mask-file.ts';

const [, , path = '', format = '', home = '', spans = '[]', stop = '0', log = ''] = process.argv;
let steps = 0;

await maskFile({
  path,
  format: format as ShellFormat,
  home,
  locate: async () => JSON.parse(spans) as readonly Span[],
  onStep: (step) => {
    steps++;
    if (log !== '') appendFileSync(log, `${step}\n`);
    if (steps === Number(stop)) process.kill(process.pid, 'SIGKILL');
  },
});
