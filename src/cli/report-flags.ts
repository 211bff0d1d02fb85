// The flag that shares a scan out over several machines. Part of the table in flags.ts, which is what others read; what the
// value means is decided in merge/find-shard.ts.
import type { Flag } from './flag.ts';

export const REPORT_FLAGS: readonly Flag[] = [
  {
    name: 'shard',
    type: 'value',
    placeholder: 'I/N',
    help: 'Do part I of N only, or auto: as the CI system says; unleak report joins the parts',
    commands: ['scan', 'history'],
    apply: (values, shard) => {
      values.shard = shard;
    },
  },
];
