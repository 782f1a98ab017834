type Task = () => unknown;

const tasks: Task[] = [];

/** Runs after the present test, the last one first, whatever becomes of the test. */
export const afterThisTest = (task: Task): void => void tasks.unshift(task);

export async function cleanedUp(): Promise<void> {
  const failures: unknown[] = [];
  for (const task of tasks.splice(0)) {
    try {
      await task();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}
