/** Parameters for each entry of a subject of the catalogue: an entry without an example does not compile. */
export type Examples<Subject> = {
  [Name in keyof Subject as Subject[Name] extends Entry ? Name : never]: Subject[Name] extends Entry
    ? Parameters<Subject[Name]>
    : never;
};

type Entry = (...params: never[]) => { code: string };
