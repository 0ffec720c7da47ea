import type * as Written from '../spec/generated/spec.ts';
import { forbiddenOption } from '../spec/checks/rsync-forbidden.ts';
import { optionsIn, takesValue, valueIn } from '../spec/checks/rsync-known.ts';
import {
  rsyncOptionLeftOut,
  rsyncOptionNeeded,
  rulesFileUnreadable,
  rulesTakenOver,
  wordIsNoOption,
} from '../model/findings/imports.ts';
import { absolute, type Draft } from './draft.ts';

export interface Word {
  text: string;
  offset: number;
}

export interface Use {
  mode: string;
  /** One end is. */
  toServer: boolean;
  /** Both ends are on a server: there the Python tool looks for the files that options name. */
  onServer: boolean;
}

/** What becomes of the options that the Python tool hands to rsync, list by list, in their order. */
export class OptionReader {
  /** The rules among them, which come before all filters of the sync. */
  readonly rules: Written.Filter[] = [];
  /** `-C`: rules that come after all others, wherever it stands. */
  cvs = false;
  /** rsync on the server runs as root. */
  sudo = false;
  readonly #draft: Draft;
  readonly #use: Use;
  #perDirectory = 0;

  constructor(draft: Draft, use: Use) {
    this.#draft = draft;
    this.#use = use;
  }

  /** The options of one list that the spec takes. */
  read(words: readonly Word[], keepsPartial: boolean): Word[] {
    return joined(words).flatMap((word) => {
      if (!word.text.startsWith('-')) {
        this.#draft.source.remark(word.offset, wordIsNoOption(word.text));
        return [];
      }
      const texts = word.text.startsWith('--') ? this.#long(word) : this.#short(word, keepsPartial);
      return texts.map((text) => ({ text, offset: word.offset }));
    });
  }

  #long({ text, offset }: Word): string[] {
    const [name = ''] = optionsIn(text);
    return this.#isRule(name, valueIn(text), offset) || this.#isRefused(name, offset) ? [] : [text];
  }

  /** Letters without those that the spec does not allow: `-av` is `-a`, since nbkp reads what rsync prints. */
  #short({ text, offset }: Word, keepsPartial: boolean): string[] {
    const names = optionsIn(text);
    const value = valueIn(text);
    const kept = names.filter((name, index) => {
      const own = index === names.length - 1 ? (value?.replace(/^=/, '') ?? null) : null;
      return name !== '-P' && !this.#isRule(name, own, offset) && !this.#isRefused(name, offset);
    });
    const withValue = kept.at(-1) === names.at(-1) ? (value ?? '') : '';
    const letters = kept.length === 0 ? [] : [`-${kept.map((name) => name.slice(1)).join('')}${withValue}`];
    // nbkp shows progress itself, and its own options keep partial files.
    return names.includes('-P') && !keepsPartial ? [...letters, '--partial'] : letters;
  }

  #isRefused(name: string, offset: number): boolean {
    const refusal = forbiddenOption(name, { mode: this.#use.mode, deletes: true });
    if (refusal === null) return false;
    const remark = DECIDES.test(name) ? rsyncOptionNeeded(name, refusal) : rsyncOptionLeftOut(name, refusal);
    this.#draft.source.remark(offset, remark);
    return true;
  }

  /** Takes an option that is a rule. */
  #isRule(name: string, value: string | null, offset: number): boolean {
    if (name === '-F') this.#perDirectoryRule();
    else if (name === '-C' || name === '--cvs-exclude') this.cvs = true;
    else if (value === null) return false;
    else if (name === '--rsync-path' && AS_ROOT.test(value)) this.sudo = true;
    else if (name === '--exclude') this.rules.push({ exclude: value });
    else if (name === '--include') this.rules.push({ include: value });
    else if (name === '--exclude-from' || name === '--include-from')
      this.#rulesOfFile(name === '--exclude-from' ? 'exclude' : 'include', value, offset);
    else if (name === '--filter' || name === '-f') {
      if (!PROTECTION.test(value)) this.rules.push(value);
    } else return false;
    return true;
  }

  /** The first `-F` reads `.rsync-filter` of each directory; the second leaves these files out. */
  #perDirectoryRule(): void {
    this.#perDirectory += 1;
    if (this.#perDirectory === 1) this.rules.push(': /.rsync-filter');
    if (this.#perDirectory === 2) this.rules.push({ exclude: '.rsync-filter' });
  }

  /** A spec's filter files hold rules, and these hold patterns. */
  #rulesOfFile(kind: 'exclude' | 'include', written: string, offset: number): void {
    const path = absolute(this.#draft, offset, written);
    const lines = this.#use.onServer ? null : this.#draft.here.read(path);
    if (lines === null) {
      this.#draft.source.remark(offset, rulesFileUnreadable(path, this.#use.onServer));
      return;
    }
    const patterns = lines.filter((line) => line !== '');
    this.rules.push(...patterns.map((pattern) => patternRule(kind, pattern)));
    this.#draft.source.remark(offset, rulesTakenOver(path, patterns.length));
  }
}

/** In such a file `+ ` and `- ` before a pattern go before the option (rsync(1), --exclude-from). */
function patternRule(kind: 'exclude' | 'include', line: string): Written.Filter {
  if (line === '!') return line;
  const prefix = /^[-+] /.exec(line)?.[0];
  const pattern = line.slice(prefix?.length ?? 0);
  const excludes = prefix === undefined ? kind === 'exclude' : prefix === '- ';
  return excludes ? { exclude: pattern } : { include: pattern };
}

/** `--bwlimit`, `500` is one option, written as one word; and so is `--filter`, `- *.tmp`. */
function joined(words: readonly Word[]): Word[] {
  const all: Word[] = [];
  let waits = false;
  for (const word of words) {
    const last = all.at(-1);
    if (waits && last !== undefined) {
      last.text += last.text.startsWith('--') ? `=${word.text}` : word.text;
      waits = false;
      continue;
    }
    all.push({ ...word });
    const option = word.text.startsWith('-') ? optionsIn(word.text).at(-1) : undefined;
    waits = option !== undefined && takesValue(option) === true && valueIn(word.text) === null;
  }
  return all;
}

/** What is copied, and where to, depends on them: without them it would be another sync. */
const DECIDES =
  /^(-n|--dry-run|--list-only|--(only-write|write|read)-batch|--files-from|-0|--from0|-R|--relative|-d|--dirs|--old-dirs|--old-d|--compare-dest)$/;

const AS_ROOT = /^sudo(?: -n)? (?:\/usr(?:\/local)?\/bin\/)?rsync$/;

/** What nbkp adds by itself. */
const PROTECTION = /^[HP] \.nbkp-\*$/;
