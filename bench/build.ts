import { compile, compiledIn } from '../test/helpers/compile.ts';

const BUILT = 'terna-bench';

/** Compiles the program and what it is measured against. */
export const build = () => compile(import.meta.dirname, BUILT);

/** Where a source file's compiled form lies. */
export const compiled = (source: string) => compiledIn(BUILT, source);
