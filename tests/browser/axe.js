// axe as every test here asks it: only what is wrong is written out in full. A page without frames is looked at from inside; axe's usual way
// opens an empty page for each look, only to put the frames' findings together.
import AxeBuilder from '@axe-core/playwright';

export function axe(page) {
  const builder = new AxeBuilder({ page }).options({ resultTypes: ['violations'] });
  return page.frames().length === 1 ? builder.setLegacyMode() : builder;
}
