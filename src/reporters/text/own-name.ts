/** A text about something as it would be about another of another name: what ends alike for each of many syncs is told once. */
export function withoutOwnName(text: string, name: string): string {
  return text.replaceAll(name, '\0');
}
