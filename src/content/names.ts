/** The languages by their English names, as authors are told of them. */
import type { Language } from './model';

export const LANGUAGE_NAMES: Record<Language, string> = {
  hi: 'Hindi',
  bn: 'Bengali',
  or: 'Odia',
  en: 'English',
  'hi-Latn': 'Hindi in Latin letters',
};
