/** Addresses of certificates, meetings' sheets and groups' posters: unguessable, and without anybody's name or number. */
import { LANGUAGES, type Language } from '../conversation/participant';
import { signer } from '../signer';

export interface CertificateId {
  participantId: string;
  pledgeId: string;
}

export interface CertificateLinks {
  /** `/certificates/<token>.png`, to be put behind PUBLIC_BASE_URL. */
  path(participantId: string, pledgeId: string): string;
  /** What a token stands for; `undefined` for a forged, cut or otherwise changed one. */
  read(token: string): CertificateId | undefined;
}

export interface SheetLinks {
  /** `/sheets/<token>.pdf`, to be put behind PUBLIC_BASE_URL. */
  path(meeting: string): string;
  /** The meeting that a token stands for; `undefined` for a forged, cut or otherwise changed one. */
  read(token: string): string | undefined;
}

export interface PosterLinks {
  /** `/posters/<token>.png`, to be put behind PUBLIC_BASE_URL. */
  path(group: string, language: Language): string;
  /** What a token stands for; `undefined` for a forged, cut or otherwise changed one. */
  read(token: string): { group: string; language: Language } | undefined;
}

/**
 * @param secret SESSION_SECRET; the key for these links is derived from it, so that no other signature made with it
 * opens a certificate. Links stay valid as long as the secret does, and die with what they point to.
 */
export function certificateLink(secret: string): CertificateLinks {
  const { sign, read } = signer<string[]>(secret, 'certificate-link v1');
  return {
    path: (participantId, pledgeId) => `/certificates/${sign([participantId, pledgeId])}.png`,
    read(token) {
      const [participantId, pledgeId] = read(token) ?? [];
      return participantId === undefined || pledgeId === undefined ? undefined : { participantId, pledgeId };
    },
  };
}

/** As `certificateLink`, for the sheet that a meeting's mentor is sent. */
export function sheetLink(secret: string): SheetLinks {
  const { sign, read } = signer<string[]>(secret, 'sheet-link v1');
  return {
    path: (meeting) => `/sheets/${sign([meeting])}.pdf`,
    read: (token) => read(token)?.[0],
  };
}

export interface SentLinks {
  /** `/sent/<token>`, to be put behind PUBLIC_BASE_URL. */
  path(broadcast: string): string;
  /** The broadcast that a token stands for; `undefined` for a forged, cut or otherwise changed one. */
  read(token: string): string | undefined;
}

/** As `certificateLink`, for what goes with a broadcast. */
export function sentLink(secret: string): SentLinks {
  const { sign, read } = signer<string[]>(secret, 'sent-link v1');
  return { path: (broadcast) => `/sent/${sign([broadcast])}`, read: (token) => read(token)?.[0] };
}

/** Who was active in an area in the weeks up to `period`, in a language. */
export interface ChartId {
  area: string;
  period: string;
  language: Language;
}

export interface ChartLinks {
  /** `/charts/<token>.png`, to be put behind PUBLIC_BASE_URL. */
  path(chart: ChartId): string;
  /** The chart that a token stands for; `undefined` for a forged, cut or otherwise changed one. */
  read(token: string): ChartId | undefined;
}

/** As `certificateLink`, for the figures that a coordinator is sent: small numbers are hidden there as everywhere. */
export function chartLink(secret: string): ChartLinks {
  const { sign, read } = signer<string[]>(secret, 'chart-link v1');
  return {
    path: ({ area, period, language }) => `/charts/${sign([area, period, language])}.png`,
    read(token) {
      const [area, period, given] = read(token) ?? [];
      const language = LANGUAGES.find((one) => one === given);
      return area === undefined || period === undefined || !language ? undefined : { area, period, language };
    },
  };
}

/** As `certificateLink`, for the poster of a group. */
export function posterLink(secret: string): PosterLinks {
  const { sign, read } = signer<string[]>(secret, 'poster-link v1');
  return {
    path: (group, language) => `/posters/${sign([group, language])}.png`,
    read(token) {
      const [group, named] = read(token) ?? [];
      const language = LANGUAGES.find((one) => one === named);
      return group === undefined || language === undefined ? undefined : { group, language };
    },
  };
}
