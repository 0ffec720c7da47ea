// Made by `npm run generate`. Do not edit.
import type { Validator } from '../../model/validator.ts';
import type { Plan } from '../../model/plan.ts';

declare const validate: Validator<Plan>;
export default validate;
