import type { EndpointFacts, HostFacts, VolumeFacts } from '../../planner/model/facts.ts';
import type { HostQuestions } from '../../planner/model/questions.ts';
import { LOCAL_HOST } from '../../planner/model/spec.ts';
import { takeBegun } from '../transport/begun.ts';
import type { ProcessResult, Transport } from '../transport/transport.ts';
import { directoryFacts } from './directory-facts.ts';
import { driveTable } from './drives.ts';
import { endpointFacts } from './endpoint-facts.ts';
import { fstabTargets, unmountedTarget } from './fstab.ts';
import { hostFacts } from './host-facts.ts';
import { mountTable } from './mounts.ts';
import { withTried } from './tried.ts';
import { otherSystem, parseAnswer, type Answer } from './parse-answer.ts';
import { LONGEST_ARGUMENT } from './longest-argument.ts';
import { probeScript, restOfProbe } from './probe-script.ts';

/** A shell takes about a fifth of a millisecond for each folder: from so many on, two share them. */
const MANY_FOLDERS = 2_000;

export interface HostObservation {
  host: HostFacts;
  /** What its kernel calls itself; empty where it does not, or was not reached. */
  boot: string;
  volumes: [name: string, facts: VolumeFacts][];
  endpoints: [key: string, facts: EndpointFacts][];
}

type Reachable = Extract<HostFacts, { reachable: true }>;

export interface ProbeOptions {
  /** Milliseconds until a host that has not answered counts as not reachable. */
  timeoutMs: number;
  signal?: AbortSignal;
}

/**
 * Asks this machine all its questions with one `sh`, or two. Changes nothing there.
 */
export async function observeHost(
  questions: HostQuestions,
  transport: Transport,
  options: ProbeOptions,
): Promise<HostObservation> {
  const [first = questions, ...others] = shares(questions);
  const mayTake = transport.hostId === LOCAL_HOST && options.signal?.aborted !== true;
  const begun = mayTake ? takeBegun(() => restOfProbe(first)) : null;
  const told = await Promise.all(
    [first, ...others].map(async (share, index) => {
      const result = await (begun === null || index > 0
        ? runProbe(probeScript(share), transport, options)
        : transport.run(begun.argv, { ...options, begun, stdin: begun.rest }));
      return { result, answer: parseAnswer(result.stdout, share) };
    }),
  );
  const silent = told.find(({ answer }) => answer === null)?.result;
  return silent === undefined
    ? observation(together(told.flatMap(({ answer }) => answer ?? [])), questions)
    : unreachable(questions, noAnswer(silent, options), otherSystem(silent.stdout));
}

/** What each shell is asked: where the volumes are, and its part of the folders in them. */
function shares(questions: HostQuestions): HostQuestions[] {
  const { endpoints } = questions;
  if (endpoints.length < MANY_FOLDERS) return [questions];
  return [0, 1].map((part) => ({ ...questions, endpoints: endpoints.filter((_, index) => index % 2 === part) }));
}

/** The answers to `shares` as one. */
function together([first, second]: readonly Answer[]): Answer {
  if (first === undefined) throw new Error('nothing was asked');
  if (second === undefined) return first;
  return {
    ...first,
    endpoints: first.endpoints.flatMap((answer, index) => [answer, ...second.endpoints.slice(index, index + 1)]),
    inode256: new Set([...first.inode256, ...second.inode256]),
  };
}

/** An argument costs less than standard input, but may not be longer. */
export function runProbe(script: string, transport: Transport, options: ProbeOptions): Promise<ProcessResult> {
  if (Buffer.byteLength(script) < LONGEST_ARGUMENT) return transport.run(['sh', '-c', script], options);
  return transport.run(['sh', '-c', 'eval "$(cat)"'], { ...options, stdin: script });
}

export function observation(answer: Answer, questions: HostQuestions): HostObservation & { host: Reachable } {
  const { of, below: mountsBelow } = mountTable(answer.mounts, answer.disks);
  const mountOf = withTried(of, answer.volumes);
  const targets = fstabTargets(answer.fstab);
  const driveOf = driveTable(answer.devices, answer.sequences);
  const uuids = new Map(questions.volumes.map(({ volume, uuid }) => [volume, uuid]));
  const volumes = answer.volumes.map(
    ({ volume, path, directory, sentinel, notMark, notFolder }): [string, VolumeFacts] => {
      const facts = directoryFacts(directory, mountOf);
      const place = facts?.realPath ?? path;
      const unmountedFstabTarget = unmountedTarget(targets, place, mountOf(place)?.target ?? null);
      const uuid = uuids.get(volume) ?? null;
      const drive = uuid === null ? {} : { drive: driveOf(uuid) };
      const mark = { sentinel, ...(notMark && { notMark }), ...(notFolder && { notFolder }) };
      return [volume, { path: path === '' ? null : path, directory: facts, ...mark, unmountedFstabTarget, ...drive }];
    },
  );
  const present = new Set(volumes.filter(([, { directory }]) => directory !== null).map(([volume]) => volume));
  const endpoints = answer.endpoints.filter(({ volume }) => present.has(volume));
  return {
    host: hostFacts(answer),
    boot: answer.boot,
    volumes,
    endpoints: endpoints.map((asked) => {
      const facts = endpointFacts(asked, mountOf, answer.inode256);
      const place = facts.directory?.realPath ?? facts.path;
      const target = unmountedTarget(targets, place, mountOf(place)?.target ?? null);
      const mounts = facts.directory === null ? [] : mountsBelow(facts.directory.realPath);
      const seen = mounts.length === 0 ? facts : { ...facts, mounts };
      return [asked.key, target === null ? seen : { ...seen, unmountedFstabTarget: target }];
    }),
  };
}

/** @param system its name, where it is one on which nothing is asked */
export function unreachable(
  { volumes }: HostQuestions,
  reason: string,
  system: string | null,
): Omit<HostObservation, 'host'> & { host: Extract<HostFacts, { reachable: false }> } {
  const unknown = { directory: null, sentinel: false, unmountedFstabTarget: null };
  const facts = volumes.map(({ volume, path }): [string, VolumeFacts] => [
    volume,
    { path: path?.startsWith('/') === true ? path : null, ...unknown },
  ]);
  const host =
    system === null
      ? ({ reachable: false, reason } as const)
      : ({ reachable: false, reason: `its system is ${system}`, system } as const);
  return { host, boot: '', volumes: facts, endpoints: [] };
}

function noAnswer({ error, code, timedOut }: ProcessResult, { timeoutMs, signal }: ProbeOptions): string {
  if (timedOut) return `no answer within ${timeoutMs / 1000} s: one of its file systems may hang`;
  if (signal?.aborted === true) return 'interrupted';
  if (error !== null) return `sh could not be started (${error})`;
  return `the answer was not complete (exit code ${code ?? 'none'})`;
}
