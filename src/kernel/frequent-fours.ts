// The most frequent four bytes of source text, folded (bit 5 set, so a line feed is `*`): data of anchor-buckets.ts.
// Measured on 26 MB of published packages of many kinds.

/** Occurrences in a million places, and the fours that have about so many, without a blank between them. */
export const FREQUENT_FOURS: readonly (readonly [number, string])[] = [
  [65536, '    '],
  [11585, '*   '],
  [4096, ',*  '],
  [2896, '   "",* ": "tion'],
  [2048, '   * the {* ,caa;*  caacthe {*  '],
  [1448, '  * * * **  aac,eturportretustriturntype'],
  [1024, '   /   }  re */* con) {*)))),eaa.*  atioconsctioion nameonstringthistrinurn '],
  [
    724,
    '   r  */  /*  }* * ` /** for if  of  ret str thi to );* *)))*** */* ,iaa----/*  /***ablealueaultc,cadefaeaaeefauexpofaulfromfunchis.iaaiimpoing ionslumimentmpornctinst ort ourcpropptiopulusourulumuncturcevaluvar xpor|n  |u06',
  ],
  [
    512,
    '   c   i  co  if *   **  //  fro is  pro pul res }* ** *,gaa,kaa,maa,oaa;;;;aae,aai,ac,cancearambjeccommcompcontdateerrof thfor formif (inpuinstintejectn   nputnstanternullobjeoperoptipararequresorom rrorsionstanstattanctextumi.}*  ',
  ],
  [
    362,
    '   s   t  //  }, and def fun get in  nam new opt rea use val },*","|*  }**))*exp,* *,saa: pu: st: {*>;* a",*aac;aag,aak,aam,aao,and atchate backcallcodeconfdatadefidulee = e thefinent entsequieratesoufinegaaghis kaaklistmaammandmbermmanmodun thn","new nfignodenumboaaoodulof tommaonfionteormaoutppertput<quirratireadropes = scriservtateted terntimetputuireumbeundeutpuverswith},* ',
  ],
  [
    256,
    '   a   d   p   |  "c  "s  "t  th  va  |  * a * t === =>  `pa arg as  be  com dat imp ins int nul par req sta tha typ und var wit || );*** *** `p* th*imp,"|u,qaa,|n .* *.get.inp: "s;*));** ;**);*}*;iac;yac<str=== ?: p`paraaa,aas,ai,callbame are argearraase atedbasecasecenscessclascolocouncreacripctordescdinge coe ree","e",*e.* eacteateect.ectielseemenen",endeengtenseentieof equeerenersiertyescrevenfilegrouhat he shttpi,cai.inicaticenightindeineding>ion.ith itiolasslbaclenglicelinellbaloadlocamatcmi.implen",*n": ndefnderndexngthnly ocalom "onlyons ortsountpathpeofr thram reacreatrentriptrmatrrayrsios ths","s",*s": saassed spect = t { t": t<sttatithatthertingtivetrantrueu064umenuse ut<sventvoidype ypeoypes|u01||u0});*',
  ],
  [
    181,
    '   v  "m = r = { err not","s": {)*  */**;var= reaaaaadoname:amplargsarsec,iadonleadoexteg>;*i",*ion"ionaire(let ng>;ntexointolorompoonenparsprovransresuropsrt {s totteru062ult } fr};* ',
  ],
];
