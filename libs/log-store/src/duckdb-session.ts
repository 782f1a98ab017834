import { DuckDBInstance } from '@duckdb/node-api';
import type { DuckDBConnection } from '@duckdb/node-api';

export interface DuckDbLimits {
  readonly threads: number;
  readonly memory: string;
}

/** An in-memory DuckDB that can touch nothing but one directory, and cannot be talked out of it. It spills there, too. */
export async function openDuckDb(directory: string, limits: DuckDbLimits): Promise<DuckDBInstance> {
  const instance = await DuckDBInstance.create(':memory:', {
    threads: String(limits.threads),
    memory_limit: limits.memory,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    temp_directory: `${directory}/.spill`,
  });
  await withConnection(instance, async (connection) => {
    await connection.run(`SET allowed_directories = [${sqlText(`${directory}/`)}]`);
    await connection.run('SET enable_external_access = false');
    await connection.run('SET lock_configuration = true');
  });
  return instance;
}

export async function withConnection<T>(
  instance: DuckDBInstance,
  work: (connection: DuckDBConnection) => Promise<T>,
): Promise<T> {
  const connection = await instance.connect();
  try {
    return await work(connection);
  } finally {
    connection.closeSync();
  }
}

/** For our own paths and metadata in COPY and SET, which take no parameters. */
export function sqlText(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}
