const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const tasks = new Set<() => void>();

/**
 * Does something at once when a signal ends this process. Where somebody else listens to the signal, as a run does, that one decides
 * what becomes of it, and nothing is done here.
 *
 * @returns what takes it back
 */
export function whenKilled(task: () => void): () => void {
  if (tasks.size === 0) for (const signal of SIGNALS) process.on(signal, onSignal);
  tasks.add(task);
  return () => {
    tasks.delete(task);
    if (tasks.size === 0) stopListening();
  };
}

function onSignal(signal: NodeJS.Signals): void {
  if (process.listenerCount(signal) > 1) return;
  for (const task of tasks) task();
  stopListening();
  process.kill(process.pid, signal);
}

function stopListening(): void {
  for (const signal of SIGNALS) process.off(signal, onSignal);
}
