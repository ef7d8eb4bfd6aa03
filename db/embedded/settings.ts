/**
 * Settings given at each start, so that they also reach clusters of earlier versions; fsync and the rest of
 * durability stay at PostgreSQL's defaults, which are on.
 */
const SETTINGS: Record<string, string> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  fsync: 'on',
  timezone: 'UTC',
  log_timezone: 'UTC',
  log_destination: 'stderr',
  logging_collector: 'off',
  log_line_prefix: '%m [%p] ',
  // `explain.ts` reads the log.
  lc_messages: 'C',
  // Statements and the detail of errors hold addresses, which do not belong in a log.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
};

/** The command line of `postgres`; `-D <cluster>` comes first, `isPostmasterOf` looks for it there. */
export function serverArguments(cluster: string, port: number): string[] {
  const settings = Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return ['-D', cluster, '-p', String(port), ...settings];
}
