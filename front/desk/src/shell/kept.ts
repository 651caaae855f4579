// What this device remembers. A browser may refuse (private windows): then the desk merely forgets.
export function kept(name: string): string | null {
  try { return localStorage.getItem(`verbatim.${name}`); } catch { return null; }
}

export function keep(name: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(`verbatim.${name}`);
    else localStorage.setItem(`verbatim.${name}`, value);
  } catch { /* forgotten */ }
}
