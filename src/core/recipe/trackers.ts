const names = new Set(
  (
    "fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid ysclid twclid ttclid igsh igshid li_fat_id mc_cid mc_eid " +
    "mkt_tok vero_id oly_anon_id oly_enc_id rb_clickid s_cid srsltid wickedid _ga _gl _openstat __s __hssc __hstc __hsfp " +
    "hsCtaTracking ref ref_src ref_url referrer si spm share_id share_source"
  )
    .toLowerCase()
    .split(" "),
);
const prefix = /^(utm|mtm|matomo|pk|piwik|hsa|ga|at|stm)_/;

/** Whether a parameter is one that search engines, mailers and social networks append to links. It is no part of a link of this page. */
export const isTracker = (name: string): boolean => names.has(name.toLowerCase()) || prefix.test(name.toLowerCase());
