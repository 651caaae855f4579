// From the brand to one sentence.
import { Page } from '../../parts/page.tsx';
import type { ScreenProps } from '../index.ts';
import { t } from '../../shell/words.ts';
import { branchName, branchOf, type View } from './ask.ts';
import { Board } from './board.tsx';

export default function Headquarters({ rest, query }: ScreenProps) {
  const view: View = { screen: 'headquarters', about: 'site', chain: rest, query };
  return <Page title={rest.length === 0 ? t('headquarters.title') : branchName(branchOf(view))}><Board view={view} /></Page>;
}
