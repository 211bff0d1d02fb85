import { test } from 'vitest';
import { findSlowParts } from '../../src/rules/check-patterns.ts';
test('x', async () => {
  for (const p of ['(a+)+b','(?:a|a)*c','ghp_[A-Za-z0-9]{36}','(?:a{1,9}){1,9}b','(?:ab|ab){1,20}c','(?:a?){30}b','(?:[a-f]{4}){2,8}x','(?:(?:[0-9a-f]{2}:){15}[0-9a-f]{2}\\n?){1,20}','-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----(?:[A-Za-z0-9+/=]{1,76}\\r?\\n){1,200}-----END','eyJ[A-Za-z0-9_-]{10,2000}\\.[A-Za-z0-9_-]{10,2000}\\.[A-Za-z0-9_-]{10,2000}','[a-z]{0,200}[a-z0-9]{0,200}x','[a-z]{0,20}[a-z0-9]{0,20}x','[A-Za-z0-9]+(?:-[a-z]+)*','(?:[A-Za-z0-9+/=\\s]|\\\\n){100,4000}-----END','(?:\\\\[rn]|[^-]){20,4000}x','(?:a|ab|b){1,50}c','(?:abab|ab){1,50}c','(?=(?:a|a){5,50})b','(?:[a-z]{1,3}){2}x','(?:.|\\n){1,90}x','(?:Aa|aA){1,9}']) { const t=performance.now(); console.log(p, await findSlowParts(p,false), (performance.now()-t)|0);}
});
