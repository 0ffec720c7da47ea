// Made by `npm run generate`. Do not edit.
import type { Validator } from '../../model/validator.ts';
import type { SpecFile } from './spec.ts';

declare const validate: Validator<SpecFile>;
export default validate;
