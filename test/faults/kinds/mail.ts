import { pause } from '../pause.ts';
import { MANNERS, type Manner } from '../smtp.ts';
import type { Kind } from './kind.ts';

const behaves = (manner: Manner): Kind => ({
  name: `SMTP: ${manner}`,
  group: 'mail',
  async happen({ mail }, random) {
    // A refusal for good ends in a failed job for each: a few are enough.
    mail.behave(manner, manner === '550' ? 5 : random.pick([30, 100]));
    await pause(random.int(300, 2_000));
    mail.behave('accept');
    return 1;
  },
});

export const MAIL: Kind[] = MANNERS.map(behaves);
