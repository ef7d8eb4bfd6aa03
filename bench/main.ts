import { mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Arguments, BadArguments, readArguments, USAGE, wants } from './arguments.ts';
import { build } from './build.ts';
import { profileInto } from './child.ts';
import { FAMILIES, type Family } from './families.ts';
import { machine } from './machine.ts';
import { type Measured, report } from './report.ts';
import { type Servers, startServers, TELLING } from './servers.ts';
import { FULL, QUICK } from './settings.ts';

const say = (line: string) => void process.stderr.write(`${line}\n`);

try {
  await main(readArguments(process.argv.slice(2)));
} catch (error) {
  say(error instanceof BadArguments ? `${error.message}\n\n${USAGE}` : String((error as Error).stack));
  process.exitCode = error instanceof BadArguments ? 64 : 1;
}

async function main({ quick, only, json, report: reported, cpuProf }: Arguments): Promise<void> {
  const began = Date.now();
  const sizes = quick ? QUICK : FULL;
  const wanted = (id: string) => wants(only, id);
  const families = FAMILIES.filter(({ ids }) => ids.some(wanted));
  if (families.length === 0) throw new BadArguments(`there is no figure ${only?.join(', ')}`);
  say('compiling');
  build();
  if (cpuProf) {
    mkdirSync(cpuProf, { recursive: true });
    profileInto(resolve(cpuProf));
  }
  const servers = await startServers();
  let others: Promise<Servers> | undefined;
  const telling = () => {
    others ??= startServers(TELLING);
    return others;
  };
  const stop = async () => {
    await servers.stop();
    await (await others)?.stop();
  };
  const breakOff = () => void stop().then(() => process.exit(130));
  process.once('SIGINT', breakOff);
  process.once('SIGTERM', breakOff);
  try {
    const here = machine(servers.folder, servers.postgresVersion);
    say(
      Object.entries(here)
        .map(([name, value]) => `${name} ${value}`)
        .join(', '),
    );
    say(
      Object.entries(sizes)
        .map(([name, value]) => `${name} ${value}`)
        .join(', '),
    );
    const results: { family: Family; measured: Measured }[] = [];
    for (const family of families) {
      const { title, ids, measure } = family;
      say(`${title} (${ids.filter(wanted).join(', ')}), ${minutes(began)}`);
      const result = await measure({ servers, telling, sizes, say, wants: wanted });
      const day = new Date().toISOString().slice(0, 10);
      results.push({ family, measured: { day, machine: here, quick, sizes, result } });
      for (const { id, name, value, low, high, target, pass, void: isVoid } of result.figures)
        say(
          `  ${id}  ${name}: ${value} (${low} to ${high}), ${target}: ${isVoid ? 'VOID' : pass ? 'yes' : 'no'}`,
        );
    }
    const figures = results.flatMap(({ measured }) => measured.result.figures);
    const answer = JSON.stringify({ machine: here, figures }, undefined, 2);
    if (json) writeFileSync(json, `${answer}\n`);
    // A family of which only some figures were wanted would be there by halves.
    if (reported) report(results.filter(({ family }) => family.ids.every(wanted)));
    process.stdout.write(`${answer}\n`);
    say(`done, ${minutes(began)}`);
  } finally {
    await stop();
  }
}

function minutes(since: number): string {
  return `${((Date.now() - since) / 60_000).toFixed(1)} min since the start`;
}
