/**
 * For one application with a few dozen connections on a small machine. Every process and buffer counts against the
 * memory of the whole of Baton, so everything for replication, parallel queries and asynchronous I/O workers is off.
 */
export const serverSettings: Record<string, string> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '60',
  superuser_reserved_connections: '3',
  password_encryption: 'scram-sha-256',

  shared_buffers: '96MB',
  work_mem: '8MB',
  maintenance_work_mem: '32MB',
  effective_cache_size: '512MB',
  io_method: 'sync',
  jit: 'off',
  max_parallel_workers_per_gather: '0',
  max_parallel_workers: '2',
  max_worker_processes: '4',
  max_logical_replication_workers: '0',
  random_page_cost: '1.1',

  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  wal_level: 'minimal',
  max_wal_senders: '0',
  min_wal_size: '80MB',
  max_wal_size: '1GB',
  checkpoint_timeout: '15min',
  wal_buffers: '8MB',

  // The queue's and the log's tables change all the time and stay fast only while dead rows are cleared soon.
  autovacuum_max_workers: '2',
  autovacuum_naptime: '15s',
  autovacuum_vacuum_cost_limit: '1000',

  timezone: 'UTC',
  log_timezone: 'UTC',
  log_checkpoints: 'off',
  log_min_messages: 'warning',
  log_line_prefix: '%m [%p] ',
}
