import { pause } from '../pause.ts';
import type { Wire } from '../proxy.ts';
import type { BackEnd } from '../system.ts';
import type { Kind } from './kind.ts';

/** For a while the connections to one of the servers are not what they should be. @param longest ms */
export function wire(server: BackEnd, name: string, behaviour: Wire, longest: number): Kind {
  return {
    name,
    group: server,
    async happen({ postgresWire, redisWire }, random) {
      const found = server === 'redis' ? redisWire : postgresWire;
      found?.behave(behaviour);
      await pause(random.int(300, longest));
      found?.behave('carry');
      return 1;
    },
  };
}
