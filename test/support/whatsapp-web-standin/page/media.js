/* global btoa, crypto */
/** Sending and fetching media: the modules between a file and a message. */
import { tell } from './link.js';

class OpaqueData {
  constructor(blob, type) {
    this.blob = blob;
    this.type = type;
  }
  static createFromData(blob, type) {
    return Promise.resolve(new OpaqueData(blob, type));
  }
  url() {
    return '/nowhere';
  }
  autorelease() {}
}

function kindOf(type, { isPtt, asDocument }) {
  if (asDocument) return 'document';
  if (type.startsWith('audio/')) return isPtt ? 'ptt' : 'audio';
  return /^(image|video)\//.exec(type)?.[1] ?? 'document';
}

class MediaData {
  constructor(fields) {
    this.set(fields);
  }
  set(fields) {
    Object.assign(this, fields);
  }
  toJSON() {
    const { type, mimetype, filehash, size, directPath } = this;
    return { type, mimetype, filehash, size, directPath };
  }
}

const objects = new Map();

export function mediaModules() {
  return {
    WAWebMediaOpaqueData: OpaqueData,
    WAWebPrepRawMedia: {
      prepRawMedia: (opaque, params) => ({
        waitForPrep: async () => {
          const hash = await crypto.subtle.digest('SHA-256', await opaque.blob.arrayBuffer());
          const filehash = btoa(String.fromCharCode(...new Uint8Array(hash)));
          const type = kindOf(opaque.type, params);
          objects.set(filehash, {
            filehash,
            type,
            size: opaque.blob.size,
            blob: opaque.blob,
            contentInfo: { waveform: new Uint8Array(64) },
            consolidate: () => undefined,
          });
          return new MediaData({
            filehash,
            type,
            mimetype: opaque.type,
            mediaBlob: opaque,
            size: opaque.blob.size,
          });
        },
      }),
    },
    WAWebMediaStorage: { getOrCreateMediaObject: (filehash) => objects.get(filehash) },
    WAWebMmsMediaTypes: { msgToMediaType: ({ type }) => type, castToV4: (type) => type },
    WAWebMediaDataUtils: { shouldUseMediaCache: () => false },
    WAWebMediaMmsV4Upload: {
      uploadMedia: async ({ mediaObject }) => {
        const bytes = new Uint8Array(await mediaObject.blob.arrayBuffer());
        const { directPath } = await tell('upload', { base64: btoa(String.fromCharCode(...bytes)) });
        return { mediaEntry: { directPath } };
      },
    },
    WAWebDownloadManager: {
      downloadManager: {
        downloadAndMaybeDecrypt: async ({ directPath, signal }) => {
          const answer = await fetch(directPath, { signal });
          if (!answer.ok) throw Object.assign(new Error('media not found'), { status: answer.status });
          return answer.arrayBuffer();
        },
      },
    },
  };
}
