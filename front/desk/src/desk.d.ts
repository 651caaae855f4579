// What build.mjs makes.
declare module 'desk:languages' {
  const languages: Record<string, Record<string, () => Promise<{ default: import('./shell/words.ts').Catalogue }>>>;
  export default languages;
}
