// What build.mjs makes.
declare module 'desk:languages' {
  const languages: Record<string, () => Promise<{ default: Record<string, import('./shell/words.ts').Message> }>>;
  export default languages;
}
