/** The link by which a man joins a group: WhatsApp opens with our number and the words that he only has to send. */

/**
 * `https://wa.me/919800000001?text=JOIN%20KTR47`
 * (WhatsApp's "click to chat": digits of the number with its country code, the text percent-encoded:
 * https://faq.whatsapp.com/5913398998672934).
 * @param number our WhatsApp sender, `+919800000001`
 */
export function joinLink(number: string, code: string): string {
  return `https://wa.me/${number.replace(/\D/g, '')}?text=${encodeURIComponent(`JOIN ${code}`)}`;
}
