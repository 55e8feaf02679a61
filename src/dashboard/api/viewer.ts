import { type Permission, ViewerDocument } from './operations.ts';
import { useData } from './use-data.ts';

/** Whether whoever looks at the page has a permission; what they lack is shown, and cannot be pressed. */
export function useMay(): (permission: Permission) => boolean {
  const { data } = useData(ViewerDocument, {});
  return (permission) => data?.viewer.permissions.includes(permission) ?? false;
}

/** Why a button cannot be pressed, for its title; undefined where it can. */
export const whyNot = (may: boolean, permission: Permission): string | undefined =>
  may ? undefined : `This needs the permission ${permission.toLowerCase()}.`;
