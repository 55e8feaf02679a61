const KEPT_AS = 'weir-theme';
export type Theme = 'system' | 'light' | 'dark';

export function theme(): Theme {
  const kept = localStorage.getItem(KEPT_AS);
  return kept === 'light' || kept === 'dark' ? kept : 'system';
}

export function chooseTheme(chosen: Theme): void {
  localStorage.setItem(KEPT_AS, chosen);
  applyTheme();
}

/** Colours follow `color-scheme`, which is the system's unless one was chosen. */
export function applyTheme(): void {
  const chosen = theme();
  document.documentElement.dataset['theme'] = chosen;
}
