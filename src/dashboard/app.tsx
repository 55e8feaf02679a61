import { type ComponentType, lazy, type ReactNode, Suspense, useEffect, useRef, useState } from 'react';
import { NavLink, Route, Routes, useLocation } from 'react-router';
import { NotSignedIn } from './api/ask.ts';
import { useAway } from './api/away.ts';
import { leaveForGood } from './api/oidc.ts';
import {
  SomethingAlertedDocument,
  SomethingSyncedDocument,
  ViewerDocument,
  type ViewerQuery,
} from './api/operations.ts';
import { tokenOfSession } from './api/session.ts';
import { useData, useLive } from './api/use-data.ts';
import { Portfolio } from './pages/portfolio.tsx';
import { SignIn } from './pages/sign-in.tsx';
import { Boundary, NotLoaded } from './ui/boundary.tsx';
import { chooseLanguage, type Language, language, moment, words } from './ui/format.ts';
import { Alert, Loaded, Page } from './ui/parts.tsx';
import { chooseTheme, type Theme, theme } from './ui/theme.ts';

const loaded = (load: () => Promise<{ default: ComponentType }>) =>
  lazy(() => load().catch((cause: unknown) => Promise.reject(new NotLoaded({ cause }))));

/** Loaded when they are first looked at. */
const Campaign = loaded(() => import('./pages/campaign/page.tsx'));
const ChangePlan = loaded(() => import('./pages/plan.tsx'));
const Workflow = loaded(() => import('./pages/workflow.tsx'));
const WorkflowDiff = loaded(() => import('./pages/workflow-diff.tsx'));
const Workflows = loaded(() => import('./pages/workflows.tsx'));

const Reviews = loaded(() => import('./pages/reviews.tsx'));
const Retrospectives = loaded(() => import('./pages/retrospectives.tsx'));
const Retrospective = loaded(() => import('./pages/retrospective.tsx'));
const Audit = loaded(() => import('./pages/audit.tsx'));
const Sync = loaded(() => import('./pages/sync.tsx'));

const PAGES: readonly (readonly [path: string, name: string])[] = [
  ['/', 'Campaigns'],
  ['/workflows', 'Workflows'],
  ['/plan', 'Change plan'],
  ['/reviews', 'Reviews'],
  ['/retrospectives', 'Retrospectives'],
  ['/audit', 'Audit'],
  ['/sync', 'Sync'],
];

/** What every page shares: its head, what is followed, and which page the address names. @param failed why the sign-in that somebody comes back from has failed */
export function App({ failed }: { failed: string | null }) {
  const [trouble, setTrouble] = useState(failed);
  const [, redraw] = useState(0);
  const { pathname } = useLocation();
  const page = useRef<HTMLElement>(null);
  const isFirst = useRef(true);
  useEffect(() => {
    // Whoever follows a link by keyboard goes on in the page that it leads to.
    if (!isFirst.current) page.current?.focus();
    isFirst.current = false;
  }, [pathname]);
  const viewer = useData(ViewerDocument, {});
  return (
    <>
      <a className="skip" href="#page" onClick={(event) => (event.preventDefault(), page.current?.focus())}>
        To the page
      </a>
      <header>
        <NavLink className="brand" to="/">
          Weir
        </NavLink>
        <nav aria-label="Pages">
          {PAGES.map(([path, name]) => (
            <NavLink key={path} to={path} end={path === '/'}>
              {name}
            </NavLink>
          ))}
          <a href="/graphiql">GraphiQL</a>
        </nav>
        <Settings onChange={() => redraw((count) => count + 1)} />
      </header>
      <main id="page" ref={page} tabIndex={-1}>
        {trouble !== null && (
          <Alert>
            <p>The sign-in has failed: {trouble}.</p>
            <button type="button" onClick={() => setTrouble(null)}>
              Close
            </button>
          </Alert>
        )}
        {viewer.error instanceof NotSignedIn && (
          <SignIn why={viewer.error.message} onToken={() => setTrouble(null)} />
        )}
        <Loaded of={viewer}>
          {() => (
            <Suspense fallback={<p role="status">Loading …</p>}>
              <Following />
              <Away />
              <Boundary key={pathname}>
                <Routes>
                  <Route path="/" element={<Portfolio />} />
                  <Route path="/campaigns/:key" element={<Campaign />} />
                  <Route path="/plan" element={<ChangePlan />} />
                  <Route path="/workflows" element={<Workflows />} />
                  <Route path="/workflows/:key" element={<Workflow />} />
                  <Route path="/workflows/:key/diff" element={<WorkflowDiff />} />
                  <Route path="/reviews" element={<Reviews />} />
                  <Route path="/reviews/:quarter" element={<Reviews />} />
                  <Route path="/retrospectives" element={<Retrospectives />} />
                  <Route path="/retrospectives/:campaign" element={<Retrospective />} />
                  <Route path="/audit" element={<Audit />} />
                  <Route path="/sync" element={<Sync />} />
                  <Route path="*" element={<Nothing />} />
                </Routes>
              </Boundary>
            </Suspense>
          )}
        </Loaded>
      </main>
    </>
  );
}

/** Of which every page is told, once it is known who looks at it. */
function Following(): null {
  useLive(SomethingAlertedDocument, {});
  useLive(SomethingSyncedDocument, {});
  return null;
}

/** One line for the whole page, in sight wherever somebody reads. */
function Away(): ReactNode {
  const since = useAway();
  return (
    since && (
      <div className="away">
        <Alert tone="warn">
          <p>
            Weir cannot be reached: it has not answered since {moment(since.toISOString())}. What you see is
            of then; it is brought up to date as soon as Weir is back.
          </p>
        </Alert>
      </div>
    )
  );
}

const Nothing = (): ReactNode => (
  <Page title="There is no such page">
    <p>
      <NavLink to="/">All campaigns</NavLink>
    </p>
  </Page>
);

/** How dates are written, and how light it is; and who one is, where one has said so. */
function Settings({ onChange }: { onChange: () => void }) {
  const { data, error } = useData(ViewerDocument, {});
  return (
    <div className="settings">
      <label>
        <span className="hidden">Dates and numbers</span>
        <select
          title="Dates and numbers"
          value={language()}
          onChange={(event) => {
            chooseLanguage(event.target.value as Language);
            onChange();
          }}
        >
          <option value="en">English</option>
          <option value="de">Deutsch</option>
        </select>
      </label>
      <label>
        <span className="hidden">Theme</span>
        <select
          title="Theme"
          value={theme()}
          onChange={(event) => {
            chooseTheme(event.target.value as Theme);
            onChange();
          }}
        >
          <option value="system">System</option>
          <option value="light">Light</option>
          <option value="dark">Dark</option>
        </select>
      </label>
      {data && !(error instanceof NotSignedIn) && <Who viewer={data.viewer} />}
      {tokenOfSession() !== null && (
        <button type="button" onClick={() => void leaveForGood()}>
          Sign out
        </button>
      )}
    </div>
  );
}

/** Who one is, and as what; what does not fit is read by pointing at it. */
function Who({ viewer: { name, permissions, roles } }: { viewer: ViewerQuery['viewer'] }) {
  const may = [...permissions.map(words), ...(roles ?? ['every role'])].join(', ');
  return (
    <span className="viewer" title={`${name}: ${may}`}>
      {name} <span className="muted">{may}</span>
    </span>
  );
}
