import { type ReactNode, useEffect, useState } from 'react';
import { hasIssuer, leaveForIssuer } from '../api/oidc.ts';

/** Whether the server names an issuer; null until that is known. */
export function useIssuer(): boolean | null {
  const [has, setHas] = useState<boolean | null>(null);
  useEffect(() => {
    hasIssuer().then(setHas, () => setHas(false));
  }, []);
  return has;
}

/** Leads to the issuer, and says why where it does not. @param anew whether people have to show again who they are */
export function IssuerButton({ anew = false, children }: { anew?: boolean; children: ReactNode }) {
  const [isLeaving, setLeaving] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const leave = () => {
    setLeaving(true);
    setTrouble(null);
    leaveForIssuer(anew).catch((error: unknown) => {
      setTrouble((error as Error).message);
      setLeaving(false);
    });
  };
  return (
    <>
      <button type="button" className="first" disabled={isLeaving} onClick={leave}>
        {children}
      </button>
      {trouble !== null && (
        <p role="alert" className="notice bad">
          The sign-in did not begin: {trouble}.
        </p>
      )}
    </>
  );
}
