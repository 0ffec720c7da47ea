// Made by `npm run generate`. Do not edit.
import type { Validator } from '../../model/validator.ts';
import type { Stored } from '../../model/stored.ts';

declare const validate: Validator<Stored>;
export default validate;
