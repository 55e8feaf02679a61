import { Agreement } from './agreement.tsx';
import { Brief } from './brief.tsx';
import { Happenings } from './happenings.tsx';

/** What is asked for only once the page is there. */
export default function More({ campaign }: { campaign: string }) {
  return (
    <>
      <Agreement campaign={campaign} />
      <Brief campaign={campaign} />
      <Happenings campaign={campaign} />
    </>
  );
}
