import { compile, compiledIn } from '../helpers/compile.ts';

const BUILT = 'terna-faults';
let isBuilt = false;

/** Compiles the program with what the harness runs inside of it, once however many systems a run starts. */
export function build(): void {
  if (isBuilt) return;
  compile(import.meta.dirname, BUILT);
  isBuilt = true;
}

/** Where a source file's compiled form lies. */
export const compiled = (source: string) => compiledIn(BUILT, source);
