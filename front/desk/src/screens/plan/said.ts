// The plan's codes in the reader's words.
import type { Answer } from '../../shell/client.ts';
import { coded, listing, t } from '../../shell/words.ts';

export type Campaign = Answer<'/api/v1/plan'>['campaigns'][number];
export const purposes = ['service', 'invitation', 'survey', 'marketing'] as const;
export const channels = ['mail', 'sms', 'call', 'paper'] as const;

const span = (months: number, days: number) => listing([...(months ? [t('plan.n_months', { n: months })] : []), ...(days ? [t('plan.n_days', { n: days })] : [])]);

/** "Order + 7 days", "End of the contract − 60 days, every 12 months (2–5)": an order of words that holds in every language. */
export function trigger(of: Campaign['trigger'], name: (campaign: string) => string): string {
  const what = of.campaign ? `“${name(of.campaign)}”` : coded('plan.anchor_', of.anchor ?? '');
  const before = of.after_months < 0 || of.after_days < 0;
  const away = span(Math.abs(of.after_months), Math.abs(of.after_days));
  const parts = [away ? `${what} ${before ? '−' : '+'} ${away}` : what];
  if (of.unanswered) parts.push(t('plan.unanswered'));
  if (of.inactive) parts.push(t('plan.inactive'));
  if (of.every_months > 0) parts.push(t('plan.every', { months: t('plan.n_months', { n: of.every_months }), first: of.first, last: of.last }));
  return parts.join(', ');
}

export const channelNames = (of: readonly string[]) => listing(of.map((one) => coded('plan.channel_', one)));
