// Made by `npm run generate`. Do not edit.
declare const validate: (data: unknown) => boolean;
export default validate;
