import { restoreParams } from '../../planner/kinds/restore/command.ts';
import type { RestorePart } from '../../planner/model/at-target.ts';
import type { TransferPreview } from '../../planner/model/facts.ts';
import { failure, success, type Result } from '../../planner/model/result.ts';
import type { Step } from '../../planner/model/step.ts';
import { failuresOf, toleratedFindings } from '../rsync/exit-codes.ts';
import { PreviewCounter } from '../rsync/preview-counter.ts';
import type { Transport } from '../transport/transport.ts';
import { isPartial, survey, sumOfParts } from './survey.ts';
import type { Survey } from './surveyor.ts';

/**
 * What a restore would change, and what of its target stays as it is, from dry runs that write nothing. A folder that
 * the target reaches through a link is looked at too, as a part of its own.
 *
 * @param runner runs commands of the step
 */
export async function previewRestore(step: Step, runner: Pick<Transport, 'run'>): Promise<Result<TransferPreview>> {
  const params = restoreParams(step.params);
  const counter = new PreviewCounter();
  const parts = params.parts.slice(0, 1);
  const seen: Survey[] = [];
  const findings = [];
  for (const part of parts) {
    const one = await survey(
      params,
      part,
      (argv, options) => runner.run(argv, options),
      (item) => counter.add(item),
    );
    const { pass } = one;
    const code = pass?.result.code ?? 0;
    if (pass !== null && !isPartial(pass)) {
      return failure(...failuresOf(pass, pass.result.code, true).map((finding) => ({ ...finding, sync: params.sync })));
    }
    if (pass !== null && code !== 0) findings.push(...toleratedFindings(pass, code));
    seen.push(one);
    parts.push(...one.linked);
  }
  return success(
    previewOf(counter, seen, parts),
    findings.map((finding) => ({ ...finding, sync: params.sync })),
  );
}

function previewOf(counter: PreviewCounter, seen: readonly Survey[], parts: readonly RestorePart[]): TransferPreview {
  const sum = (count: (one: Survey) => number): number => seen.reduce((total, one) => total + count(one), 0);
  const counted = counter.preview({
    ...{ created: 0, deleted: 0 },
    entries: sum(({ pass }) => pass?.totals?.entries ?? 0),
    files: sum(({ files }) => files),
    bytes: sum(({ bytes }) => bytes),
  });
  return {
    ...counted,
    kept: sumOfParts(seen, 'kept'),
    inTheWay: sumOfParts(seen, 'inTheWay'),
    linksLeft: sumOfParts(seen, 'linksLeft'),
    backups: sumOfParts(seen, 'backups'),
    linked: parts.slice(1),
  };
}
