import type { PreviewItem, TransferPreview } from '../../planner/model/facts.ts';
import type { Loss } from '../../planner/model/max-delete.ts';
import type { LooksMoved } from './looks-moved.ts';
import type { Totals } from './totals.ts';

/** How many changes, and how many deletions, a preview names. */
const NAMED = 200;

/** Counts the items of a dry run and keeps the largest, so that memory does not grow with their number. */
export class PreviewCounter {
  private readonly counts = { create: 0, update: 0, delete: 0 };
  private largest: PreviewItem[] = [];
  private readonly deleted: PreviewItem[] = [];
  /** Files whose attributes alone differ, and their bytes. */
  private readonly attributes = { files: 0, bytes: 0 };

  add(item: PreviewItem): void {
    // The directory itself is no entry of it.
    if (item.path === './') return;
    this.counts[item.change] += 1;
    if (item.change === 'update' && item.code.startsWith('.f')) {
      this.attributes.files += 1;
      this.attributes.bytes += item.size;
    }
    if (item.change === 'delete') {
      if (this.deleted.length < NAMED) this.deleted.push(item);
      return;
    }
    this.largest.push(item);
    // Sorting at twice the size costs next to nothing for each item.
    if (this.largest.length >= 2 * NAMED) this.keepLargest();
  }

  /** Entries that the source lacks. */
  get gone(): number {
    return this.counts.delete;
  }

  /** @param moved of what looks renamed all, and of that what has no other new name yet */
  preview(totals: Totals, loss?: Loss, moved: LooksMoved | null = null): TransferPreview {
    this.keepLargest();
    const { create, update, delete: deletes } = this.counts;
    const items = [...this.largest, ...this.deleted];
    return {
      files: totals.files - (moved?.uncopied.files ?? 0),
      bytes: totals.bytes - (moved?.uncopied.bytes ?? 0),
      creates: create,
      updates: update,
      deletes,
      ...(moved === null ? {} : { moved: moved.all }),
      ...(loss === undefined ? {} : { lost: loss.lost }),
      sourceEntries: totals.entries,
      destinationEntries: loss?.before ?? totals.entries - create + deletes,
      items,
      ...(this.attributes.files === 0 ? {} : { attributes: { ...this.attributes } }),
      truncated: create + update + deletes > items.length,
    };
  }

  private keepLargest(): void {
    this.largest = this.largest.sort((a, b) => transferred(b) - transferred(a)).slice(0, NAMED);
  }
}

/** Bytes that would move: none for a file whose attributes alone change. */
function transferred({ code, size }: PreviewItem): number {
  return code.startsWith('>') || code.startsWith('<') ? size : 0;
}
