import { NEEDED } from './needed.ts';
import { ViewerDocument } from './operations.ts';
import { useData } from './use-data.ts';

/** A mutation of the API. */
export type Asked = keyof typeof NEEDED;

/** Whether whoever looks at the page may ask for something; what they may not is shown, and cannot be pressed. */
export function useMay(): (asked: Asked) => boolean {
  const { data } = useData(ViewerDocument, {});
  return (asked) => NEEDED[asked].some((each) => data?.viewer.permissions.includes(each) ?? false);
}

/** Why a button cannot be pressed, for its title; undefined where it can. */
export const whyNot = (may: boolean, asked: Asked): string | undefined =>
  may ? undefined : `This needs the permission ${NEEDED[asked].join(' or ').toLowerCase()}.`;
