import { userName } from '../hosts/observe/user-name.ts';
import { authorizeDocument } from '../planner/documents/authorize.ts';
import type { AuthorizeDocument } from '../planner/model/documents.ts';
import type { Spec } from '../planner/model/spec.ts';

/**
 * The polkit rules that let a user unlock and mount drives.
 *
 * @param user null: the one who runs this, and on a server the one that the spec names
 */
export function authorizing(spec: Spec, volumes: readonly string[], user: string | null): AuthorizeDocument {
  return authorizeDocument(spec, volumes, { user, ownUser: userName() });
}
