export const LOG_FOLDER = "log";
/** Every log file starts like this; only such files are ever removed. */
export const LOG_PREFIX = "postgres-";

const SETTINGS: Record<string, string> = {
  listen_addresses: "'127.0.0.1'",
  unix_socket_directories: "''",
  password_encryption: "'scram-sha-256'",
  timezone: "'UTC'",
  log_timezone: "'UTC'",
  max_connections: "100",
  shared_buffers: "256MB",
  max_wal_size: "4GB",
  checkpoint_timeout: "15min",
  // "on" is pglz, which every build has; the packaged one is built without lz4.
  wal_compression: "on",
  random_page_cost: "1.1",
  jit: "off",
  fsync: "on",
  synchronous_commit: "on",
  logging_collector: "on",
  log_directory: `'${LOG_FOLDER}'`,
  log_filename: `'${LOG_PREFIX}%Y%m%d-%H%M%S.log'`,
  log_rotation_size: "10MB",
  log_rotation_age: "1d",
  log_line_prefix: "'%m [%p] '",
};

/** A server whose data no one will miss: nothing is waited for on disk. */
const THROWAWAY: Record<string, string> = {
  shared_buffers: "64MB",
  max_wal_size: "1GB",
  max_connections: "200",
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
};

/** The settings for our workload, in the form of postgresql.conf. */
export function settingsFile(throwaway: boolean): string {
  const all = throwaway ? { ...SETTINGS, ...THROWAWAY } : SETTINGS;
  const lines = Object.entries(all).map(([name, value]) => `${name} = ${value}`);
  return `# Written at every start of Smart Parking; yours go into postgresql.auto.conf (ALTER SYSTEM).\n${lines.join("\n")}\n`;
}
