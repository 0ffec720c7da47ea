import { API_VERSION, sequence, type Executor, type ExecutorsHook } from 'nbkp/executor';
import { planning } from './planning.js';

/** `sequence` runs the commands of a step one after the other, and stops at the first that fails. */
export const tar: Executor = { apiVersion: API_VERSION, planning, apply: sequence('tar-failed') };

/** The executors that `nbkp.executors` in package.json names. */
const executors: ExecutorsHook = () => [tar];
export default executors;
