import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { HashRouter } from 'react-router';
import { cache } from './api/cache.ts';
import { returnFromIssuer } from './api/oidc.ts';
import { App } from './app.tsx';
import { applyTheme } from './ui/theme.ts';
import './style.css';

applyTheme();
const failed = await returnFromIssuer();
const root = document.getElementById('root');
if (root)
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={cache}>
        <HashRouter>
          <App failed={failed} />
        </HashRouter>
      </QueryClientProvider>
    </StrictMode>,
  );
