// The call centre's own screen: whom the plan wants called. Who manages the plan has the same list as a tab of it.
import { Page } from '../../parts/page.tsx';
import { t } from '../../shell/words.ts';
import { Calls } from './calls.tsx';

export default function CallList() {
  return <Page title={t('plan.calls_title')}><Calls /></Page>;
}
