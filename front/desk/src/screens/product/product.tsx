// What customers say of the vehicles: by model, version, country, age; what moved; and from there to a finding.
import { Page } from '../../parts/page.tsx';
import type { ScreenProps } from '../index.ts';
import { t } from '../../shell/words.ts';
import { branchName, branchOf, type View } from '../headquarters/ask.ts';
import { Board } from '../headquarters/board.tsx';

export default function Product({ rest, query }: ScreenProps) {
  const view: View = { screen: 'product', about: 'product', chain: rest, query };
  return <Page title={rest.length === 0 ? t('product.title') : branchName(branchOf(view))}><Board view={view} /></Page>;
}
