// Made by `npm run generate`. Do not edit.
import type { Validator } from '../../model/validator.ts';
import type { Facts } from '../../model/facts.ts';

declare const validate: Validator<Facts>;
export default validate;
