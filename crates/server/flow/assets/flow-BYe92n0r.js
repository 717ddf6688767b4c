var e=globalThis,t=e.ShadowRoot&&(e.ShadyCSS===void 0||e.ShadyCSS.nativeShadow)&&`adoptedStyleSheets`in Document.prototype&&`replace`in CSSStyleSheet.prototype,n=Symbol(),r=new WeakMap,i=class{constructor(e,t,r){if(this._$cssResult$=!0,r!==n)throw Error("CSSResult is not constructable. Use `unsafeCSS` or `css` instead.");this.cssText=e,this.t=t}get styleSheet(){let e=this.o,n=this.t;if(t&&e===void 0){let t=n!==void 0&&n.length===1;t&&(e=r.get(n)),e===void 0&&((this.o=e=new CSSStyleSheet).replaceSync(this.cssText),t&&r.set(n,e))}return e}toString(){return this.cssText}},a=e=>new i(typeof e==`string`?e:e+``,void 0,n),o=(e,...t)=>new i(e.length===1?e[0]:t.reduce((t,n,r)=>t+(e=>{if(!0===e._$cssResult$)return e.cssText;if(typeof e==`number`)return e;throw Error(`Value passed to 'css' function must be a 'css' function result: `+e+`. Use 'unsafeCSS' to pass non-literal values, but take care to ensure page security.`)})(n)+e[r+1],e[0]),e,n),s=(n,r)=>{if(t)n.adoptedStyleSheets=r.map(e=>e instanceof CSSStyleSheet?e:e.styleSheet);else for(let t of r){let r=document.createElement(`style`),i=e.litNonce;i!==void 0&&r.setAttribute(`nonce`,i),r.textContent=t.cssText,n.appendChild(r)}},c=t?e=>e:e=>e instanceof CSSStyleSheet?(e=>{let t=``;for(let n of e.cssRules)t+=n.cssText;return a(t)})(e):e,{is:l,defineProperty:u,getOwnPropertyDescriptor:d,getOwnPropertyNames:f,getOwnPropertySymbols:p,getPrototypeOf:m}=Object,h=globalThis,g=h.trustedTypes,_=g?g.emptyScript:``,v=h.reactiveElementPolyfillSupport,y=(e,t)=>e,b={toAttribute(e,t){switch(t){case Boolean:e=e?_:null;break;case Object:case Array:e=e==null?e:JSON.stringify(e)}return e},fromAttribute(e,t){let n=e;switch(t){case Boolean:n=e!==null;break;case Number:n=e===null?null:Number(e);break;case Object:case Array:try{n=JSON.parse(e)}catch{n=null}}return n}},x=(e,t)=>!l(e,t),S={attribute:!0,type:String,converter:b,reflect:!1,useDefault:!1,hasChanged:x};Symbol.metadata??=Symbol(`metadata`),h.litPropertyMetadata??=new WeakMap;var C=class extends HTMLElement{static addInitializer(e){this._$Ei(),(this.l??=[]).push(e)}static get observedAttributes(){return this.finalize(),this._$Eh&&[...this._$Eh.keys()]}static createProperty(e,t=S){if(t.state&&(t.attribute=!1),this._$Ei(),this.prototype.hasOwnProperty(e)&&((t=Object.create(t)).wrapped=!0),this.elementProperties.set(e,t),!t.noAccessor){let n=Symbol(),r=this.getPropertyDescriptor(e,n,t);r!==void 0&&u(this.prototype,e,r)}}static getPropertyDescriptor(e,t,n){let{get:r,set:i}=d(this.prototype,e)??{get(){return this[t]},set(e){this[t]=e}};return{get:r,set(t){let a=r?.call(this);i?.call(this,t),this.requestUpdate(e,a,n)},configurable:!0,enumerable:!0}}static getPropertyOptions(e){return this.elementProperties.get(e)??S}static _$Ei(){if(this.hasOwnProperty(y(`elementProperties`)))return;let e=m(this);e.finalize(),e.l!==void 0&&(this.l=[...e.l]),this.elementProperties=new Map(e.elementProperties)}static finalize(){if(this.hasOwnProperty(y(`finalized`)))return;if(this.finalized=!0,this._$Ei(),this.hasOwnProperty(y(`properties`))){let e=this.properties,t=[...f(e),...p(e)];for(let n of t)this.createProperty(n,e[n])}let e=this[Symbol.metadata];if(e!==null){let t=litPropertyMetadata.get(e);if(t!==void 0)for(let[e,n]of t)this.elementProperties.set(e,n)}this._$Eh=new Map;for(let[e,t]of this.elementProperties){let n=this._$Eu(e,t);n!==void 0&&this._$Eh.set(n,e)}this.elementStyles=this.finalizeStyles(this.styles)}static finalizeStyles(e){let t=[];if(Array.isArray(e)){let n=new Set(e.flat(1/0).reverse());for(let e of n)t.unshift(c(e))}else e!==void 0&&t.push(c(e));return t}static _$Eu(e,t){let n=t.attribute;return!1===n?void 0:typeof n==`string`?n:typeof e==`string`?e.toLowerCase():void 0}constructor(){super(),this._$Ep=void 0,this.isUpdatePending=!1,this.hasUpdated=!1,this._$Em=null,this._$Ev()}_$Ev(){this._$ES=new Promise(e=>this.enableUpdating=e),this._$AL=new Map,this._$E_(),this.requestUpdate(),this.constructor.l?.forEach(e=>e(this))}addController(e){(this._$EO??=new Set).add(e),this.renderRoot!==void 0&&this.isConnected&&e.hostConnected?.()}removeController(e){this._$EO?.delete(e)}_$E_(){let e=new Map,t=this.constructor.elementProperties;for(let n of t.keys())this.hasOwnProperty(n)&&(e.set(n,this[n]),delete this[n]);e.size>0&&(this._$Ep=e)}createRenderRoot(){let e=this.shadowRoot??this.attachShadow(this.constructor.shadowRootOptions);return s(e,this.constructor.elementStyles),e}connectedCallback(){this.renderRoot??=this.createRenderRoot(),this.enableUpdating(!0),this._$EO?.forEach(e=>e.hostConnected?.())}enableUpdating(e){}disconnectedCallback(){this._$EO?.forEach(e=>e.hostDisconnected?.())}attributeChangedCallback(e,t,n){this._$AK(e,n)}_$ET(e,t){let n=this.constructor.elementProperties.get(e),r=this.constructor._$Eu(e,n);if(r!==void 0&&!0===n.reflect){let i=(n.converter?.toAttribute===void 0?b:n.converter).toAttribute(t,n.type);this._$Em=e,i==null?this.removeAttribute(r):this.setAttribute(r,i),this._$Em=null}}_$AK(e,t){let n=this.constructor,r=n._$Eh.get(e);if(r!==void 0&&this._$Em!==r){let e=n.getPropertyOptions(r),i=typeof e.converter==`function`?{fromAttribute:e.converter}:e.converter?.fromAttribute===void 0?b:e.converter;this._$Em=r;let a=i.fromAttribute(t,e.type);this[r]=a??this._$Ej?.get(r)??a,this._$Em=null}}requestUpdate(e,t,n,r=!1,i){if(e!==void 0){let a=this.constructor;if(!1===r&&(i=this[e]),n??=a.getPropertyOptions(e),!((n.hasChanged??x)(i,t)||n.useDefault&&n.reflect&&i===this._$Ej?.get(e)&&!this.hasAttribute(a._$Eu(e,n))))return;this.C(e,t,n)}!1===this.isUpdatePending&&(this._$ES=this._$EP())}C(e,t,{useDefault:n,reflect:r,wrapped:i},a){n&&!(this._$Ej??=new Map).has(e)&&(this._$Ej.set(e,a??t??this[e]),!0!==i||a!==void 0)||(this._$AL.has(e)||(this.hasUpdated||n||(t=void 0),this._$AL.set(e,t)),!0===r&&this._$Em!==e&&(this._$Eq??=new Set).add(e))}async _$EP(){this.isUpdatePending=!0;try{await this._$ES}catch(e){Promise.reject(e)}let e=this.scheduleUpdate();return e!=null&&await e,!this.isUpdatePending}scheduleUpdate(){return this.performUpdate()}performUpdate(){if(!this.isUpdatePending)return;if(!this.hasUpdated){if(this.renderRoot??=this.createRenderRoot(),this._$Ep){for(let[e,t]of this._$Ep)this[e]=t;this._$Ep=void 0}let e=this.constructor.elementProperties;if(e.size>0)for(let[t,n]of e){let{wrapped:e}=n,r=this[t];!0!==e||this._$AL.has(t)||r===void 0||this.C(t,void 0,n,r)}}let e=!1,t=this._$AL;try{e=this.shouldUpdate(t),e?(this.willUpdate(t),this._$EO?.forEach(e=>e.hostUpdate?.()),this.update(t)):this._$EM()}catch(t){throw e=!1,this._$EM(),t}e&&this._$AE(t)}willUpdate(e){}_$AE(e){this._$EO?.forEach(e=>e.hostUpdated?.()),this.hasUpdated||(this.hasUpdated=!0,this.firstUpdated(e)),this.updated(e)}_$EM(){this._$AL=new Map,this.isUpdatePending=!1}get updateComplete(){return this.getUpdateComplete()}getUpdateComplete(){return this._$ES}shouldUpdate(e){return!0}update(e){this._$Eq&&=this._$Eq.forEach(e=>this._$ET(e,this[e])),this._$EM()}updated(e){}firstUpdated(e){}};C.elementStyles=[],C.shadowRootOptions={mode:`open`},C[y(`elementProperties`)]=new Map,C[y(`finalized`)]=new Map,v?.({ReactiveElement:C}),(h.reactiveElementVersions??=[]).push(`2.1.2`);var w=globalThis,T=e=>e,E=w.trustedTypes,ee=E?E.createPolicy(`lit-html`,{createHTML:e=>e}):void 0,D=`$lit$`,O=`lit$${Math.random().toFixed(9).slice(2)}$`,k=`?`+O,A=`<${k}>`,j=document,M=()=>j.createComment(``),N=e=>e===null||typeof e!=`object`&&typeof e!=`function`,P=Array.isArray,te=e=>P(e)||typeof e?.[Symbol.iterator]==`function`,F=`[ 	
\f\r]`,I=/<(?:(!--|\/[^a-zA-Z])|(\/?[a-zA-Z][^>\s]*)|(\/?$))/g,ne=/-->/g,L=/>/g,R=RegExp(`>|${F}(?:([^\\s"'>=/]+)(${F}*=${F}*(?:[^ \t\n\f\r"'\`<>=]|("|')|))|$)`,`g`),re=/'/g,ie=/"/g,ae=/^(?:script|style|textarea|title)$/i,oe=e=>(t,...n)=>({_$litType$:e,strings:t,values:n}),z=oe(1),B=oe(2),se=Symbol.for(`lit-noChange`),V=Symbol.for(`lit-nothing`),ce=new WeakMap,le=j.createTreeWalker(j,129);function ue(e,t){if(!P(e)||!e.hasOwnProperty(`raw`))throw Error(`invalid template strings array`);return ee===void 0?t:ee.createHTML(t)}var de=(e,t)=>{let n=e.length-1,r=[],i,a=t===2?`<svg>`:t===3?`<math>`:``,o=I;for(let t=0;t<n;t++){let n=e[t],s,c,l=-1,u=0;for(;u<n.length&&(o.lastIndex=u,c=o.exec(n),c!==null);)u=o.lastIndex,o===I?c[1]===`!--`?o=ne:c[1]===void 0?c[2]===void 0?c[3]!==void 0&&(o=R):(ae.test(c[2])&&(i=RegExp(`</`+c[2],`g`)),o=R):o=L:o===R?c[0]===`>`?(o=i??I,l=-1):c[1]===void 0?l=-2:(l=o.lastIndex-c[2].length,s=c[1],o=c[3]===void 0?R:c[3]===`"`?ie:re):o===ie||o===re?o=R:o===ne||o===L?o=I:(o=R,i=void 0);let d=o===R&&e[t+1].startsWith(`/>`)?` `:``;a+=o===I?n+A:l>=0?(r.push(s),n.slice(0,l)+D+n.slice(l)+O+d):n+O+(l===-2?t:d)}return[ue(e,a+(e[n]||`<?>`)+(t===2?`</svg>`:t===3?`</math>`:``)),r]},fe=class e{constructor({strings:t,_$litType$:n},r){let i;this.parts=[];let a=0,o=0,s=t.length-1,c=this.parts,[l,u]=de(t,n);if(this.el=e.createElement(l,r),le.currentNode=this.el.content,n===2||n===3){let e=this.el.content.firstChild;e.replaceWith(...e.childNodes)}for(;(i=le.nextNode())!==null&&c.length<s;){if(i.nodeType===1){if(i.hasAttributes())for(let e of i.getAttributeNames())if(e.endsWith(D)){let t=u[o++],n=i.getAttribute(e).split(O),r=/([.?@])?(.*)/.exec(t);c.push({type:1,index:a,name:r[2],strings:n,ctor:r[1]===`.`?_e:r[1]===`?`?ve:r[1]===`@`?ye:ge}),i.removeAttribute(e)}else e.startsWith(O)&&(c.push({type:6,index:a}),i.removeAttribute(e));if(ae.test(i.tagName)){let e=i.textContent.split(O),t=e.length-1;if(t>0){i.textContent=E?E.emptyScript:``;for(let n=0;n<t;n++)i.append(e[n],M()),le.nextNode(),c.push({type:2,index:++a});i.append(e[t],M())}}}else if(i.nodeType===8){if(i.data===k)c.push({type:2,index:a});else{let e=-1;for(;(e=i.data.indexOf(O,e+1))!==-1;)c.push({type:7,index:a}),e+=O.length-1}}a++}}static createElement(e,t){let n=j.createElement(`template`);return n.innerHTML=e,n}};function pe(e,t,n=e,r){if(t===se)return t;let i=r===void 0?n._$Cl:n._$Co?.[r],a=N(t)?void 0:t._$litDirective$;return i?.constructor!==a&&(i?._$AO?.(!1),a===void 0?i=void 0:(i=new a(e),i._$AT(e,n,r)),r===void 0?n._$Cl=i:(n._$Co??=[])[r]=i),i!==void 0&&(t=pe(e,i._$AS(e,t.values),i,r)),t}var me=class{constructor(e,t){this._$AV=[],this._$AN=void 0,this._$AD=e,this._$AM=t}get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}u(e){let{el:{content:t},parts:n}=this._$AD,r=(e?.creationScope??j).importNode(t,!0);le.currentNode=r;let i=le.nextNode(),a=0,o=0,s=n[0];for(;s!==void 0;){if(a===s.index){let t;s.type===2?t=new he(i,i.nextSibling,this,e):s.type===1?t=new s.ctor(i,s.name,s.strings,this,e):s.type===6&&(t=new be(i,this,e)),this._$AV.push(t),s=n[++o]}a!==s?.index&&(i=le.nextNode(),a++)}return le.currentNode=j,r}p(e){let t=0;for(let n of this._$AV)n!==void 0&&(n.strings===void 0?n._$AI(e[t]):(n._$AI(e,n,t),t+=n.strings.length-2)),t++}},he=class e{get _$AU(){return this._$AM?._$AU??this._$Cv}constructor(e,t,n,r){this.type=2,this._$AH=V,this._$AN=void 0,this._$AA=e,this._$AB=t,this._$AM=n,this.options=r,this._$Cv=r?.isConnected??!0}get parentNode(){let e=this._$AA.parentNode,t=this._$AM;return t!==void 0&&e?.nodeType===11&&(e=t.parentNode),e}get startNode(){return this._$AA}get endNode(){return this._$AB}_$AI(e,t=this){e=pe(this,e,t),N(e)?e===V||e==null||e===``?(this._$AH!==V&&this._$AR(),this._$AH=V):e!==this._$AH&&e!==se&&this._(e):e._$litType$===void 0?e.nodeType===void 0?te(e)?this.k(e):this._(e):this.T(e):this.$(e)}O(e){return this._$AA.parentNode.insertBefore(e,this._$AB)}T(e){this._$AH!==e&&(this._$AR(),this._$AH=this.O(e))}_(e){this._$AH!==V&&N(this._$AH)?this._$AA.nextSibling.data=e:this.T(j.createTextNode(e)),this._$AH=e}$(e){let{values:t,_$litType$:n}=e,r=typeof n==`number`?this._$AC(e):(n.el===void 0&&(n.el=fe.createElement(ue(n.h,n.h[0]),this.options)),n);if(this._$AH?._$AD===r)this._$AH.p(t);else{let e=new me(r,this),n=e.u(this.options);e.p(t),this.T(n),this._$AH=e}}_$AC(e){let t=ce.get(e.strings);return t===void 0&&ce.set(e.strings,t=new fe(e)),t}k(t){P(this._$AH)||(this._$AH=[],this._$AR());let n=this._$AH,r,i=0;for(let a of t)i===n.length?n.push(r=new e(this.O(M()),this.O(M()),this,this.options)):r=n[i],r._$AI(a),i++;i<n.length&&(this._$AR(r&&r._$AB.nextSibling,i),n.length=i)}_$AR(e=this._$AA.nextSibling,t){for(this._$AP?.(!1,!0,t);e!==this._$AB;){let t=T(e).nextSibling;T(e).remove(),e=t}}setConnected(e){this._$AM===void 0&&(this._$Cv=e,this._$AP?.(e))}},ge=class{get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}constructor(e,t,n,r,i){this.type=1,this._$AH=V,this._$AN=void 0,this.element=e,this.name=t,this._$AM=r,this.options=i,n.length>2||n[0]!==``||n[1]!==``?(this._$AH=Array(n.length-1).fill(new String),this.strings=n):this._$AH=V}_$AI(e,t=this,n,r){let i=this.strings,a=!1;if(i===void 0)e=pe(this,e,t,0),a=!N(e)||e!==this._$AH&&e!==se,a&&(this._$AH=e);else{let r=e,o,s;for(e=i[0],o=0;o<i.length-1;o++)s=pe(this,r[n+o],t,o),s===se&&(s=this._$AH[o]),a||=!N(s)||s!==this._$AH[o],s===V?e=V:e!==V&&(e+=(s??``)+i[o+1]),this._$AH[o]=s}a&&!r&&this.j(e)}j(e){e===V?this.element.removeAttribute(this.name):this.element.setAttribute(this.name,e??``)}},_e=class extends ge{constructor(){super(...arguments),this.type=3}j(e){this.element[this.name]=e===V?void 0:e}},ve=class extends ge{constructor(){super(...arguments),this.type=4}j(e){this.element.toggleAttribute(this.name,!!e&&e!==V)}},ye=class extends ge{constructor(e,t,n,r,i){super(e,t,n,r,i),this.type=5}_$AI(e,t=this){if((e=pe(this,e,t,0)??V)===se)return;let n=this._$AH,r=e===V&&n!==V||e.capture!==n.capture||e.once!==n.once||e.passive!==n.passive,i=e!==V&&(n===V||r);r&&this.element.removeEventListener(this.name,this,n),i&&this.element.addEventListener(this.name,this,e),this._$AH=e}handleEvent(e){typeof this._$AH==`function`?this._$AH.call(this.options?.host??this.element,e):this._$AH.handleEvent(e)}},be=class{constructor(e,t,n){this.element=e,this.type=6,this._$AN=void 0,this._$AM=t,this.options=n}get _$AU(){return this._$AM._$AU}_$AI(e){pe(this,e)}},xe={M:D,P:O,A:k,C:1,L:de,R:me,D:te,V:pe,I:he,H:ge,N:ve,U:ye,B:_e,F:be},Se=w.litHtmlPolyfillSupport;Se?.(fe,he),(w.litHtmlVersions??=[]).push(`3.3.3`);var Ce=(e,t,n)=>{let r=n?.renderBefore??t,i=r._$litPart$;if(i===void 0){let e=n?.renderBefore??null;r._$litPart$=i=new he(t.insertBefore(M(),e),e,void 0,n??{})}return i._$AI(e),i},we=globalThis,H=class extends C{constructor(){super(...arguments),this.renderOptions={host:this},this._$Do=void 0}createRenderRoot(){let e=super.createRenderRoot();return this.renderOptions.renderBefore??=e.firstChild,e}update(e){let t=this.render();this.hasUpdated||(this.renderOptions.isConnected=this.isConnected),super.update(e),this._$Do=Ce(t,this.renderRoot,this.renderOptions)}connectedCallback(){super.connectedCallback(),this._$Do?.setConnected(!0)}disconnectedCallback(){super.disconnectedCallback(),this._$Do?.setConnected(!1)}render(){return se}};H._$litElement$=!0,H.finalized=!0,we.litElementHydrateSupport?.({LitElement:H});var Te=we.litElementPolyfillSupport;Te?.({LitElement:H}),(we.litElementVersions??=[]).push(`4.2.2`);var Ee=e=>(...t)=>({_$litDirective$:e,values:t}),De=class{constructor(e){}get _$AU(){return this._$AM._$AU}_$AT(e,t,n){this._$Ct=e,this._$AM=t,this._$Ci=n}_$AS(e,t){return this.update(e,t)}update(e,t){return this.render(...t)}},{I:Oe}=xe,ke={},Ae=(e,t=ke)=>e._$AH=t,je=Ee(class extends De{constructor(){super(...arguments),this.key=V}render(e,t){return this.key=e,t}update(e,[t,n]){return t!==this.key&&(Ae(e),this.key=t),n}}),Me=9e4,Ne=8e3,Pe=262144,Fe=[500,1e3,2e3,4e3,8e3],U=class extends Error{constructor(e,t,n,r){super(n),this.status=e,this.code=t,this.retryAfter=r}},W=class extends Error{},Ie=class extends Error{},Le=class{constructor(e,t){this.token=e,this.server=t,this.case=()=>this.ask(`GET`,`case`),this.flow=()=>this.ask(`GET`,`flow`),this.details=e=>this.ask(`PUT`,`details`,e),this.typed=()=>this.ask(`GET`,`details`),this.spelling=e=>this.ask(`POST`,`spelling`,{name:e}),this.consent=(e,t,n)=>this.ask(`PUT`,`consents/${e}`,{text_version:t,agreed:n}),this.referral=e=>this.ask(`PUT`,`referral`,{code:e}),this.challenge=(e,t)=>this.ask(`POST`,`challenge`,{without:e},t),this.announce=(e,t,n)=>this.untilThere(()=>this.ask(`POST`,`challenge/answer`,e,n),t,n),this.submit=()=>this.ask(`POST`,`submit`),this.cancel=()=>this.ask(`POST`,`cancel`),this.appeal=e=>this.ask(`POST`,`appeal`,{statement:e}),this.message=e=>this.ask(`POST`,`messages`,{text:e}),this.handoff=()=>this.ask(`POST`,`handoff`),this.handoffState=()=>this.ask(`GET`,`handoff`),this.confirm=()=>this.ask(`POST`,`handoff/confirm`),this.refuse=()=>this.ask(`POST`,`handoff/refuse`),this.disown=()=>this.ask(`POST`,`handoff/disown`)}async preview(e,{of:t,width:n},r){let i=AbortSignal.timeout(Ne),a=`preview?of=${t}&width=${n}`;try{return await this.ask(`POST`,a,e,Be(r,i))}catch(e){throw i.aborted&&navigator.onLine?new Ie:e}}async upload(e,t,n,r){let i=e=>this.untilThere(e,n,r),a=t.size,o=await i(()=>this.ask(`POST`,`transfers`,{place:e,length:a},r));for(;;){let{id:e,offset:s}=o,c=Math.min(s+Pe,a),l=a-c,u=t.slice(s,l<Pe/2?a:c),d=`transfers/${e}?offset=${s}`;if(o=await i(async()=>{try{return await this.ask(`PATCH`,d,u,r)}catch(t){if(!(t instanceof U&&t.code===`offset-wrong`))throw t;return await this.ask(`GET`,`transfers/${e}`,void 0,r)}}),n.progress(o.offset/a),o.taken)return o.taken}}async untilThere(e,t,n){for(let r=0;;r+=1)try{let n=await e();return t.broken(!1),n}catch(e){if(n.aborted||!(e instanceof W))throw e;t.broken(!0),await Ve(Fe[Math.min(r,Fe.length-1)]??0,n)}}ask(e,t,n,r){let i={Authorization:`Bearer ${this.token}`};return ze(`${this.server}/v1/applicant/${t}`,{method:e,headers:i},n,r)}},Re=(e,t)=>ze(`${e}/v1/handoff`,{method:`POST`,headers:{}},{code:t});async function ze(e,{method:t,headers:n},r,i){let a=r instanceof Blob,o=a?`application/octet-stream`:`application/json`,s=AbortSignal.timeout(Me),c;try{c=await fetch(e,{method:t,headers:r?{...n,"Content-Type":o}:n,body:a?r:r?JSON.stringify(r):null,signal:i?Be(i,s):s,cache:`no-store`,credentials:`omit`,referrerPolicy:`no-referrer`})}catch{throw new W}if(c.status===204)return;let l=await c.json().catch(()=>null);if(c.ok)return l;if(!l?.code)throw new W;let u=Number(c.headers.get(`Retry-After`));throw new U(c.status,l.code,l.detail,u||null)}function Be(e,t){let n=new AbortController;for(let r of[e,t])r.aborted&&n.abort(),r.addEventListener(`abort`,()=>n.abort(),{once:!0});return n.signal}function Ve(e,t){return new Promise(n=>{let r=()=>{clearTimeout(i),removeEventListener(`online`,r),n()},i=setTimeout(r,e);addEventListener(`online`,r,{once:!0}),t.addEventListener(`abort`,r,{once:!0})})}var He=o`
  :host {
    display: block;
    background: var(--ground);
  }
  .page {
    display: grid;
    grid-template-columns: minmax(0, 36rem);
    grid-template-rows: auto;
    align-content: start;
    justify-content: center;
    min-height: 100dvh;
    padding: 0 0 env(safe-area-inset-bottom);
  }
  .sandbox {
    padding: 0.35rem 1rem;
    background: var(--warn-ground);
    color: var(--warn);
    border-bottom: 2px dashed currentColor;
    font-size: 0.875rem;
    font-weight: 600;
    text-align: center;
  }
  .top {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 0 1rem;
    padding: 0.25rem 1rem;
    min-height: 56px;
  }
  .brand {
    display: flex;
    align-items: center;
    gap: 0.5rem;
    font-weight: 700;
    font-size: 1.05rem;
    overflow-wrap: anywhere;
  }
  .brand img {
    max-height: 36px;
    max-width: 160px;
  }
  .language {
    flex: none;
    margin-inline-end: -0.5rem;
    font-size: 0.92rem;
  }
  .phrase {
    display: flex;
    flex-wrap: wrap;
    gap: 0.1rem 0.5rem;
    margin: 0 1rem 0.6rem;
    padding: 0.5rem 0.9rem;
    border-radius: 10px;
    background: var(--good-ground);
    color: var(--good);
    font-size: 0.92rem;
  }
  header .note {
    margin: 0 1rem 0.6rem;
  }
  .phrase strong {
    overflow-wrap: anywhere;
  }
  .card {
    padding: 1.1rem 1rem 1.5rem;
    background: var(--card);
    border-top: 1px solid var(--line);
    border-bottom: 1px solid var(--line);
  }
  .aside {
    display: block;
    margin-top: 1.25rem;
    padding-top: 0.75rem;
    border-top: 1px solid var(--line);
  }
  .bar {
    display: grid;
    grid-template-columns: 1fr auto;
    align-items: center;
    gap: 0.75rem;
    margin-bottom: 1.1rem;
  }
  .bar progress {
    height: 6px;
  }
  footer {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    align-items: center;
    gap: 0 1rem;
    padding: 0.5rem 1rem 1.5rem;
    color: var(--quiet);
  }
  footer a {
    padding: 0.6rem 0;
  }
  dialog {
    width: min(26rem, calc(100vw - 2rem));
    padding: 1.25rem;
    border: 1px solid var(--line);
    border-radius: 18px;
    background: var(--card);
    color: var(--ink);
  }
  dialog::backdrop {
    background: rgb(8 10 14 / 55%);
  }
  @media (min-width: 40rem) {
    .page {
      align-content: start;
      padding-block: 0 2rem;
    }
    .sandbox {
      border-radius: 0 0 10px 10px;
      border: 2px dashed currentColor;
      border-top: 0;
    }
    .top,
    footer {
      padding-inline: 0.25rem;
    }
    .phrase {
      margin-inline: 0;
    }
    .card {
      padding: 1.75rem 2rem 2rem;
      border: 1px solid var(--line);
      border-radius: 20px;
      box-shadow: 0 12px 40px rgb(15 23 42 / 8%);
    }
  }
`,Ue=o`
  :host {
    --accent: #0a58ca;
    --on-accent: #fff;
    --mark: color-mix(in srgb, var(--accent), var(--ink));
    --ink: #14181f;
    --quiet: #545d6b;
    --line: #d4d9e1;
    --field: #7d8796;
    --card: #fff;
    --ground: #f2f4f8;
    --well: #f2f4f8;
    --good: #0b6b3a;
    --good-ground: #e3f5ea;
    --warn: #7a4a00;
    --warn-ground: #fff3dc;
    --bad: #a81522;
    --bad-ground: #fdeaec;
    --radius: 14px;
  }
  @media (prefers-color-scheme: dark) {
    :host {
      --ink: #eef1f6;
      --quiet: #a9b3c2;
      --line: #343c49;
      --field: #7f8a9b;
      --card: #191e27;
      --ground: #0e1218;
      --well: #232a35;
      --good: #7fdca5;
      --good-ground: #12301f;
      --warn: #ffcf7d;
      --warn-ground: #35270b;
      --bad: #ff9aa3;
      --bad-ground: #3c1519;
    }
  }
`;function We(e){let t=t=>{let n=Number.parseInt(e.slice(t,t+2),16)/255;return n<=.04045?n/12.92:((n+.055)/1.055)**2.4},n=.2126*t(1)+.7152*t(3)+.0722*t(5);return 1.05/(n+.05)>=(n+.05)/.05?`#ffffff`:`#000000`}var Ge={document:B`<rect x="3" y="5" width="18" height="14" rx="2"/><circle cx="8.5" cy="11" r="2"/><path d="M5.8 16c.6-1.6 4.800-1.600 5.400 0M14 10h4M14 14h4"/>`,phone:B`<rect x="7" y="2.500" width="10" height="19" rx="2"/><path d="M11 18.500h2"/>`,light:B`<circle cx="12" cy="12" r="4"/><path d="M12 3v2M12 19v2M3 12h2M19 12h2M5.600 5.600 7 7M17 17l1.400 1.400M5.600 18.400 7 17M17 7l1.400-1.400"/>`,network:B`<path d="M3 9.500a13 13 0 0 1 18 0M6 13a8.500 8.500 0 0 1 12 0M9 16.300a4.500 4.500 0 0 1 6 0"/><path d="M12 19.500v.01"/>`,person:B`<circle cx="12" cy="8" r="4"/><path d="M4.500 20.500c1-4.500 4-6 7.500-6s6.500 1.500 7.500 6"/>`,passport:B`<rect x="5" y="2.500" width="14" height="19" rx="2"/><circle cx="12" cy="10" r="3.500"/><path d="M8.500 10h7M12 6.500v7M9 17.500h6"/>`,camera:B`<path d="M4 7.500h3l1.600-2.500h6.800L17 7.500h3a1 1 0 0 1 1 1V18a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V8.500a1 1 0 0 1 1-1Z"/><circle cx="12" cy="13" r="3.500"/>`,check:B`<path d="m5 12.500 4.500 4.500L19 7.500"/>`,cross:B`<path d="m6 6 12 12M18 6 6 18"/>`,clock:B`<circle cx="12" cy="12" r="9"/><path d="M12 7v5.500l3.500 2"/>`,sound:B`<path d="M4 9.500v5h3.500L12 18.500v-13L7.500 9.500Z"/><path d="M15.500 9a4 4 0 0 1 0 6M18 6.500a8 8 0 0 1 0 11"/>`,muted:B`<path d="M4 9.500v5h3.500L12 18.500v-13L7.500 9.500Z"/><path d="m16 9.500 5 5M21 9.500l-5 5"/>`,shield:B`<path d="M12 3 4.500 6v5.500c0 4.500 3 7.800 7.500 9.500 4.500-1.700 7.500-5 7.500-9.500V6Z"/><path d="m8.700 12 2.400 2.400 4.200-4.600"/>`},G=e=>z`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">${Ge[e]}</svg>`,Ke={en:new URL(`/flow/assets/en-CSWooiM4.json`,``+import.meta.url),"zh-CN":new URL(`/flow/assets/zh-CN-7yqzmNoN.json`,``+import.meta.url)};async function qe(e){let t=await Je(Ke[e]);return(e,n)=>(t[e]??e).replace(/\{(\w+)\}/g,(e,t)=>String(n?.[t]??e))}async function Je(e){try{let t=await fetch(e,{credentials:`omit`,referrerPolicy:`no-referrer`});if(t.ok)return await t.json()}catch{}throw new W}function Ye(){let e=navigator.languages.find(e=>/^(zh|en)\b/i.test(e))??navigator.language;return/^zh\b/i.test(e)?`zh-CN`:`en`}var Xe=[[`en`,`English`],[`zh-CN`,`简体中文`]],Ze=e=>(e[0]??``).toUpperCase()+e.slice(1),Qe=e=>e===`en`?`en-GB`:e;function $e(e,t){let{session:n,server:r,language:i,say:a,untranslated:o}=e,s=n?.flow,c=n?.case.phrase;return z`
    <header>
      ${s?.installation===`sandbox`?z`<p class="sandbox">${a(`common.sandbox`)}</p>`:V}
      <div class="top">
        <span class="brand">
          ${s?.logo?z`<img src=${r+s.logo} alt=${s.operator} />`:z`${G(`shield`)}<span>${s?.operator||a(`common.name`)}</span>`}
        </span>
        ${Xe.filter(([e])=>e!==i).map(([e,n])=>z`
            <button type="button" class="link language" lang=${e} @click=${()=>t(e)}>${n}</button>
          `)}
      </div>
      ${o?z`<p class="note warn" role="alert">${a(`trouble.offline`)}</p>`:V}
      ${c?z`<p class="phrase"><span>${a(`common.phrase`)}</span> <strong>${c}</strong></p>`:V}
    </header>
  `}function et(e,t,n){let r=[`collecting`,`in_review`].includes(e?.case.state??``);return z`
    <dialog aria-labelledby="leave" @close=${n.closed}>
      <div class="stack">
        <h2 id="leave">${t(`leave.title`)}</h2>
        <p>${t(`leave.lead`)}</p>
        <div class="actions">
          <button class="first" @click=${n.stay}>${t(`leave.stay`)}</button>
          <button @click=${n.forget}>${t(`leave.forget`)}</button>
          ${r?z`<button type="button" class="link" @click=${n.cancel}>${t(`leave.cancel`)}</button>`:V}
        </div>
      </div>
    </dialog>
  `}var tt=new Map(`
  ABWAW AFGAF AGOAO AIAAI ALAAX ALBAL ANDAD AREAE ARGAR ARMAM ASMAS ATAAQ ATFTF ATGAG
  AUSAU AUTAT AZEAZ BDIBI BELBE BENBJ BESBQ BFABF BGDBD BGRBG BHRBH BHSBS BIHBA BLMBL
  BLRBY BLZBZ BMUBM BOLBO BRABR BRBBB BRNBN BTNBT BVTBV BWABW CAFCF CANCA CCKCC CHECH
  CHLCL CHNCN CIVCI CMRCM CODCD COGCG COKCK COLCO COMKM CPVCV CRICR CUBCU CUWCW CXRCX
  CYMKY CYPCY CZECZ DEUDE DJIDJ DMADM DNKDK DOMDO DZADZ ECUEC EGYEG ERIER ESHEH ESPES
  ESTEE ETHET FINFI FJIFJ FLKFK FRAFR FROFO FSMFM GABGA GBRGB GEOGE GGYGG GHAGH GIBGI
  GINGN GLPGP GMBGM GNBGW GNQGQ GRCGR GRDGD GRLGL GTMGT GUFGF GUMGU GUYGY HKGHK HMDHM
  HNDHN HRVHR HTIHT HUNHU IDNID IMNIM INDIN IOTIO IRLIE IRNIR IRQIQ ISLIS ISRIL ITAIT
  JAMJM JEYJE JORJO JPNJP KAZKZ KENKE KGZKG KHMKH KIRKI KNAKN KORKR KWTKW LAOLA LBNLB
  LBRLR LBYLY LCALC LIELI LKALK LSOLS LTULT LUXLU LVALV MACMO MAFMF MARMA MCOMC MDAMD
  MDGMG MDVMV MEXMX MHLMH MKDMK MLIML MLTMT MMRMM MNEME MNGMN MNPMP MOZMZ MRTMR MSRMS
  MTQMQ MUSMU MWIMW MYSMY MYTYT NAMNA NCLNC NERNE NFKNF NGANG NICNI NIUNU NLDNL NORNO
  NPLNP NRUNR NZLNZ OMNOM PAKPK PANPA PCNPN PERPE PHLPH PLWPW PNGPG POLPL PRIPR PRKKP
  PRTPT PRYPY PSEPS PYFPF QATQA REURE ROURO RUSRU RWARW SAUSA SDNSD SENSN SGPSG SGSGS
  SHNSH SJMSJ SLBSB SLESL SLVSV SMRSM SOMSO SPMPM SRBRS SSDSS STPST SURSR SVKSK SVNSI
  SWESE SWZSZ SXMSX SYCSC SYRSY TCATC TCDTD TGOTG THATH TJKTJ TKLTK TKMTM TLSTL TONTO
  TTOTT TUNTN TURTR TUVTV TWNTW TZATZ UGAUG UKRUA UMIUM URYUY USAUS UZBUZ VATVA VCTVC
  VENVE VGBVG VIRVI VNMVN VUTVU WLFWF WSMWS YEMYE ZAFZA ZMBZM ZWEZW
`.split(/\s+/).filter(Boolean).map(e=>[e.slice(0,3),e.slice(3)])),nt=`UTO`;function rt({accepts:e,installation:t}){let n=(e.countries.length?e.countries:[...tt.keys()]).filter(t=>!e.countries_refused.includes(t));return t===`sandbox`&&!n.includes(nt)?[nt,...n]:n}var it=({installation:e})=>e===`sandbox`?[nt,...tt.keys()]:[...tt.keys()],at=(e,t)=>e.replace(/[A-Z]{3}/g,e=>ot(e,t));function ot(e,{language:t,say:n}){if(e===nt)return n(`choose.utopia`);let r=tt.get(e),i=new Intl.DisplayNames([t],{type:`region`});return r&&i.of(r)||e}var st=e=>ut()?.getItem(e)??null,ct=e=>ut()?.removeItem(e);function lt(e,t){try{ut()?.setItem(e,t)}catch{ct(e)}}function ut(){try{return sessionStorage}catch{return null}}var dt=`bonafide.sending`;async function ft(e,t,n){lt(dt,`${e} ${t}`);try{return await n()}finally{mt()}}var pt=(e,t)=>st(dt)===`${e} ${t}`,mt=()=>ct(dt),ht=`own_behalf`;function gt({flow:e,case:{consents:t}}){return e.consents.filter(({kind:e})=>!t.some(t=>t.kind===e))}function _t(e,t){let{state:n,decision:r,attempts:i,steps:a,consents:o}=e.case;if(n===`assessing`||n===`in_review`)return{name:`waiting`};if(n!==`collecting`)return{name:`result`};if(t.elsewhere)return{name:`handoff`,following:t.following};let s=a.find(e=>[`todo`,`again`].includes(e.state.state));if(r?.verdict===`retry`&&s&&t.read<i)return{name:`mend`};if(t.other)return t.chosen?{name:`details`,reasons:[]}:{name:`choose`};let c=t.declared??o.some(({kind:e})=>e===`own_behalf`),l=o.some(({kind:e})=>e!==`own_behalf`)||a.some(e=>e.state.state===`done`);return!l&&!c?{name:`before`}:gt(e).some(e=>e.required)||!l&&gt(e).length>0?{name:`consents`}:s?yt(e,s,t):{name:`send`}}function vt(e,{taken:t}){let n=`place`in e?e.place:``,r=[`picture`,`capture`,`address`].includes(e.name)?t:``;return`${e.name} ${n} ${r}`}function yt(e,t,n){let r=bt(e,t);if(t.need===`details`){let t=e.case.steps.find(({need:e})=>e===`document`);return n.retake&&t?{name:`picture`,place:`front`,reasons:r}:n.chosen?{name:`details`,reasons:r}:{name:`choose`}}if(t.need===`address`)return{name:`address`,reasons:r};if(t.need===`liveness`)return{name:`capture`,reasons:r};let i=n=>bt(e,t,n),a=t.places.find(e=>!t.taken.includes(e)),o=t.places.find(e=>i(e).length>0),s=a??o??t.places[0];return!s||s===`capture`||s===`address`?{name:`send`}:{name:`picture`,place:s,reasons:i(s)}}function bt({case:{decision:e}},{state:t},n){if(t.state!==`again`)return[];let r=({slot:e})=>!n||!e||e===n,i=new Set(t.reasons?.filter(r).map(({code:e})=>e));return(e?.reasons??[]).filter(e=>i.has(e.code)&&r(e))}var xt=e=>Object.fromEntries(Object.entries(e).filter(([,e])=>e!==null));function St(e){let{surname:t,full_name_native:n,document_type:r,nationality:i=``}=e;return n&&!t?Ct.includes(i)?i:`CHN`:r===`id_card`&&i===`CHN`?``:i}var Ct=[`TWN`,`HKG`,`MAC`];function wt({case:{steps:e}}){let t=e.filter(e=>e.state.state!==`by_person`);return{done:t.filter(e=>e.state.state===`done`).length,all:t.length}}var Tt=(e,t)=>e.case.steps.some(e=>e.need===t),Et={"specimens-only":`trouble.specimens`,"upload-unreadable":`trouble.unreadable`,"too-large":`trouble.large`,"too-many-requests":`trouble.often`,"uploads-too-many":`trouble.many`,"messages-too-many":`trouble.messages`,"tier-gone":`trouble.tier_gone`,"referral-code-invalid":`before.referral_invalid`,"referral-code-taken":`before.referral_taken`};function Dt(e){return e instanceof W?`trouble.offline`:(e instanceof U?Et[e.code]:void 0)??`trouble.other`}var Ot=o`
  :host {
    color-scheme: light dark;
    color: var(--ink);
    font:
      16px/1.5 system-ui,
      -apple-system,
      "Segoe UI",
      Roboto,
      "PingFang SC",
      "Hiragino Sans GB",
      "Microsoft YaHei",
      "Noto Sans CJK SC",
      "Noto Sans SC",
      "WenQuanYi Micro Hei",
      sans-serif;
    -webkit-text-size-adjust: 100%;
    text-size-adjust: 100%;
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  h1,
  h2,
  h3,
  p,
  ul,
  ol,
  dl,
  dd,
  fieldset,
  figure {
    margin: 0;
    padding: 0;
    border: 0;
    min-width: 0;
  }
  ul,
  ol {
    list-style: none;
  }
  h1 {
    font-size: clamp(1.35rem, 1.1rem + 1.4vw, 1.7rem);
    line-height: 1.25;
    letter-spacing: -0.01em;
    text-wrap: balance;
    outline: none;
  }
  h2,
  legend {
    font-size: 1.05rem;
    font-weight: 650;
    line-height: 1.35;
    padding: 0;
  }
  .quiet {
    color: var(--quiet);
  }
  .small {
    font-size: 0.9rem;
  }
  a {
    color: inherit;
    text-underline-offset: 0.2em;
  }
  .stack {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1rem;
  }
  .tight {
    gap: 0.375rem;
  }
  .actions {
    display: grid;
    gap: 0.625rem;
    margin-top: 0.5rem;
  }
  button,
  .button,
  input,
  select,
  textarea {
    font: inherit;
    color: inherit;
  }
  button,
  .button {
    appearance: none;
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 0.5rem;
    min-height: 48px;
    padding: 0.625rem 1.25rem;
    border: 1.5px solid var(--field);
    border-radius: 12px;
    background: transparent;
    font-weight: 600;
    text-align: center;
    text-decoration: none;
    cursor: pointer;
  }
  button.first,
  .button.first {
    background: var(--accent);
    border-color: var(--mark);
    color: var(--on-accent);
  }
  button.first:hover:not([aria-disabled="true"]) {
    filter: brightness(1.08);
  }
  button.link {
    min-height: 44px;
    padding: 0.25rem 0.5rem;
    border: 0;
    font-weight: 500;
    text-decoration: underline;
    text-underline-offset: 0.2em;
  }
  button[aria-disabled="true"] {
    cursor: progress;
    opacity: 0.62;
  }
  :focus-visible {
    outline: 3px solid var(--ink);
    outline-offset: 2px;
    border-radius: 8px;
  }
  /* The reading begins there on a new screen; it is nothing to press. */
  h1:focus-visible {
    outline: none;
  }
  .field {
    display: grid;
    gap: 0.3rem;
  }
  .field > label,
  .field > legend,
  .label {
    font-weight: 600;
  }
  .field > legend {
    font-size: 1rem;
    padding-bottom: 0.3rem;
  }
  input:not([type="checkbox"], [type="radio"], [type="file"]),
  select,
  textarea {
    width: 100%;
    min-height: 48px;
    padding: 0.6rem 0.8rem;
    border: 1.5px solid var(--field);
    border-radius: 10px;
    background: var(--card);
  }
  [aria-invalid="true"]:not(fieldset) {
    border-color: var(--bad) !important;
  }
  .error {
    color: var(--bad);
    font-weight: 500;
    display: flex;
    gap: 0.4rem;
    font-size: 0.94rem;
  }
  .error::before {
    content: "!" / "";
    flex: none;
    width: 1.2em;
    height: 1.2em;
    margin-top: 0.12em;
    border-radius: 50%;
    background: var(--bad);
    color: var(--card);
    font-weight: 700;
    line-height: 1.2em;
    text-align: center;
    font-size: 0.85em;
  }
  .level {
    padding-inline-start: 1rem;
    border-inline-start: 3px solid var(--line);
    font-size: 0.94rem;
  }
  .level h3 {
    font-size: 1rem;
  }
  .fine {
    display: flex;
    gap: 0.5rem;
    color: var(--good);
    font-size: 0.94rem;
    font-weight: 500;
  }
  .fine::before {
    content: "✓" / "";
  }
  input[type="checkbox"],
  input[type="radio"] {
    flex: none;
    width: 1.4rem;
    height: 1.4rem;
    margin: 0.05rem 0 0;
    accent-color: var(--mark);
  }
  .choice {
    display: flex;
    gap: 0.75rem;
    align-items: flex-start;
    min-height: 48px;
    padding: 0.75rem 0.9rem;
    border: 1.5px solid var(--line);
    border-radius: 12px;
    background: var(--card);
    cursor: pointer;
  }
  .choice:has(:checked) {
    border-color: var(--mark);
    box-shadow: inset 0 0 0 1px var(--mark);
  }
  .choice:has(:focus-visible) {
    outline: 3px solid var(--ink);
    outline-offset: 2px;
  }
  .choice :focus-visible {
    outline: none;
  }
  .choice .about {
    display: block;
    color: var(--quiet);
    font-size: 0.9rem;
  }
  .note {
    display: grid;
    gap: 0.25rem;
    padding: 0.8rem 1rem;
    border-radius: 12px;
    background: var(--well);
    border-inline-start: 4px solid var(--field);
  }
  .note.warn {
    background: var(--warn-ground);
    border-color: var(--warn);
  }
  .note.bad {
    background: var(--bad-ground);
    border-color: var(--bad);
  }
  .note.good {
    background: var(--good-ground);
    border-color: var(--good);
  }
  .note strong {
    font-weight: 650;
  }
  .more {
    justify-self: start;
    padding-block: 0.35rem;
    font-size: 0.9rem;
  }
  details summary {
    min-height: 44px;
    display: flex;
    align-items: center;
    gap: 0.4rem;
    cursor: pointer;
    font-weight: 550;
  }
  details summary::before {
    content: "›" / "";
    text-decoration: none;
    display: inline-block;
    transition: transform 0.15s;
  }
  details[open] summary::before {
    transform: rotate(90deg);
  }
  .hidden {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .icon {
    flex: none;
    width: 1.6rem;
    height: 1.6rem;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.7;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .need {
    display: flex;
    gap: 0.75rem;
    align-items: flex-start;
  }
  .need > .icon {
    color: var(--good);
  }
  .badge {
    display: grid;
    place-items: center;
    width: 64px;
    height: 64px;
    border-radius: 50%;
    background: var(--well);
    color: var(--quiet);
  }
  .badge .icon {
    width: 2.1rem;
    height: 2.1rem;
    stroke-width: 2.2;
  }
  .badge.good {
    background: var(--good-ground);
    color: var(--good);
  }
  .badge.bad {
    background: var(--bad-ground);
    color: var(--bad);
  }
  .stack > legend {
    padding-bottom: 0.4rem;
  }
  .consent {
    margin-top: 0.5rem;
  }
  .date {
    display: grid;
    grid-template-columns: repeat(3, minmax(0, 1fr));
    gap: 0.75rem;
  }
  .example {
    display: grid;
    gap: 0.4rem;
  }
  .example svg {
    width: 100%;
    max-width: 22rem;
    margin-inline: auto;
    font-family: inherit;
  }
  .paper {
    fill: var(--well);
    stroke: var(--line);
    stroke-width: 1.5px;
  }
  .portrait,
  .filler {
    fill: var(--line);
  }
  .face {
    fill: var(--quiet);
    opacity: 0.6;
  }
  .example .label {
    fill: var(--quiet);
    font-size: 9px;
    font-weight: 400;
  }
  .value {
    fill: var(--ink);
    font-size: 13px;
    font-weight: 700;
  }
  .dot {
    fill: var(--ink);
  }
  .number {
    fill: var(--card);
    font-size: 10px;
    font-weight: 700;
    text-anchor: middle;
  }
  .zone {
    fill: var(--quiet);
    font:
      600 10.5px ui-monospace,
      "DejaVu Sans Mono",
      monospace;
  }
  progress {
    appearance: none;
    width: 100%;
    height: 8px;
    border: 1px solid var(--field);
    border-radius: 4px;
    overflow: hidden;
    background: var(--well);
  }
  progress::-webkit-progress-bar {
    background: var(--well);
  }
  progress::-webkit-progress-value {
    background: var(--mark);
  }
  progress::-moz-progress-bar {
    background: var(--mark);
  }
  .spinner {
    width: 2.5rem;
    height: 2.5rem;
    border: 4px solid var(--line);
    border-top-color: var(--mark);
    border-radius: 50%;
    animation: turn 1s linear infinite;
  }
  @keyframes turn {
    to {
      transform: rotate(1turn);
    }
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation-duration: 3s !important;
      transition: none !important;
    }
  }
`,kt=class extends H{static{this.styles=[Ot]}static{this.properties={session:{attribute:!1},state:{state:!0},trouble:{state:!0}}}constructor(){super(),this.state=`writing`,this.trouble=``}async send(e){if(e.preventDefault(),this.state===`sending`)return;let t=e.target,n=String(new FormData(t).get(`text`)??``).trim();if(this.state=n?`sending`:`writing`,this.trouble=n?``:`details.empty`,n)try{await this.session.api.message(n),t.reset(),this.state=`sent`,await this.updateComplete,this.renderRoot.querySelector(`.good`)?.focus()}catch(e){this.state=`writing`,this.trouble=Dt(e),this.isConnected&&e instanceof U&&At(e)&&this.dispatchEvent(new CustomEvent(`ended`,{bubbles:!0,composed:!0}))}}render(){let{say:e}=this.session;return z`
      <details>
        <summary>${e(`support.title`)}</summary>
        <form class="stack" novalidate @submit=${this.send}>
          ${this.state===`sent`?z`<p class="note good" role="status" tabindex="-1">${e(`support.sent`)}</p>`:V}
          <div class="field">
            <label for="text">${e(`support.label`)}</label>
            <textarea id="text" name="text" rows="4" maxlength="2000"></textarea>
            ${this.trouble?z`<p class="error" role="alert">${e(this.trouble)}</p>`:V}
          </div>
          <button aria-disabled=${this.state===`sending`}>${e(`support.send`)}</button>
        </form>
      </details>
    `}};customElements.define(`bf-support`,kt);var K=class extends H{static{this.styles=[Ot]}static{this.properties={session:{attribute:!1},busy:{state:!0},trouble:{state:!0}}}constructor(){super(),this.busy=!1,this.trouble=``}say(e,t){return this.session.say(e,t)}both(e){return e[this.session.language]}tell(e,t){this.isConnected&&this.dispatchEvent(new CustomEvent(e,{detail:t,bubbles:!0,composed:!0}))}async doing(e){if(!this.busy){this.busy=!0,this.trouble=``;try{await e()}catch(e){this.failed(e)}finally{this.busy=!1}}}failed(e){e instanceof U&&At(e)?this.tell(`ended`,e.code):e instanceof U&&e.code===`case-state`?this.tell(`refresh`):this.trouble=Dt(e)}upload(e,t,n,r){let{api:i,case:a}=this.session;return ft(a.id,e,()=>i.upload(e,t,n,r))}brokenOff(e){return pt(this.session.case.id,e)?z`<p class="note warn" role="status">
      <strong>${this.say(`picture.broken_off`)}</strong>
      <span>${this.say(`picture.broken_off_fix`)}</span>
    </p>`:V}heading(e,t){return z`<h1 tabindex="-1">${this.say(e,t)}</h1>`}readOn(){this.renderRoot.querySelector(`h1`)?.focus()}turnOff(){return!1}troubled(){return this.trouble?z`<p class="note bad" role="alert">${this.say(this.trouble)}</p>`:V}onAPhone(){return this.session.arrived?V:z`<button class="first" @click=${()=>this.tell(`elsewhere`)}>
      ${this.say(`handoff.phone`)}
    </button>`}support(){return z`<bf-support .session=${this.session}></bf-support>`}help(e){let{server:t,language:n}=this.session;return`${t}/flow/help/${n}.html#${e}`}what({code:e,what:t}){let n=this.both(t);return e===`DOC_COUNTRY_UNSUPPORTED`?at(n,this.session):n}reasons(e,t=`warn`){return e.length===0?V:z`<ul class="stack">${e.map(e=>z`
      <li class="note ${t}" data-code=${e.code}>
        <strong>${this.what(e)}</strong>
        <span>${this.both(e.fix)}</span>
        <a class="more" href=${this.help(e.code)} target="_blank" rel="noopener">
          ${this.say(`common.more`)}
        </a>
      </li>
    `)}</ul>`}};function At(e){return e.status===401||e.status===410||e.code===`case-not-found`}var jt=20971520,Mt=[`address.tip_kinds`,`address.tip_age`,`address.tip_whole`],Nt=class extends K{static{this.properties={...K.properties,told:{attribute:!1},share:{state:!0},broken:{state:!0}}}constructor(){super(),this.told=[],this.broken=!1}disconnectedCallback(){super.disconnectedCallback(),this.sending?.abort()}async pick(e){let t=e.target,n=t.files?.[0];if(t.value=``,!n)return;if(n.size>jt){this.trouble=`trouble.large`;return}let r={progress:e=>this.share=e,broken:e=>this.broken=e},i=new AbortController;this.sending=i,await this.doing(async()=>{this.share=0;try{await this.upload(`address`,n,r,i.signal),this.tell(`taken`,`address`)}catch(e){if(!i.signal.aborted)throw e}finally{this.share=void 0}})}updated(e){if(!e.has(`share`))return;let[t,n]=[e.get(`share`),this.share];t===void 0!=(n===void 0)&&this.readOn()}render(){return z`
      <div class="stack">
        ${this.heading(`address.title`)}
        ${this.told.length?this.reasons(this.told):z`<p>${this.say(`address.lead`)}</p>`}
        ${this.share===void 0?this.brokenOff(`address`):V}
        <ul class="stack tight">
          ${Mt.map(e=>z`<li class="need">${G(`check`)}<span>${this.say(e)}</span></li>`)}
        </ul>
        ${this.troubled()}
        ${this.share===void 0?this.choice():this.onItsWay(Math.round(this.share*100))}
      </div>
    `}choice(){return z`
      <div class="actions">
        <label class="button first file">
          <input
            type="file"
            class="hidden"
            accept="image/jpeg,image/png,image/webp"
            @change=${this.pick}
          />
          ${G(`camera`)}${this.say(`address.choose`)}
        </label>
      </div>
    `}onItsWay(e){let t=this.broken?this.say(`picture.broken`,{percent:e}):this.say(`picture.sending`);return z`
      <progress max="100" aria-label=${this.say(`picture.progress`)} .value=${e}></progress>
      <p class=${this.broken?`note warn`:`quiet`} role="status">${t}</p>
    `}};customElements.define(`bf-address`,Nt);function Pt(e,{say:t,language:n}){let r=e=>new Intl.NumberFormat(Qe(n)).format(Number(e));return e.grants.map(e=>{let n=Ft(t(`features.${e.feature}`),e.feature),{currency:i=``,per_day:a,per_month:o}=e,s=[a&&t(`grants.per_day`,{amount:r(a),currency:i}),o&&t(`grants.per_month`,{amount:r(o),currency:i})].filter(Boolean),c=s.length?s.join(t(`grants.and`)):t(`grants.unlimited`);return t(`grants.line`,{feature:Ze(n),what:c})})}var Ft=(e,t)=>e===`features.${t}`?t:e;function It(e){let{flow:t,say:n,language:r}=e;if(t.tiers.length<2)return V;let i=new Intl.ListFormat(r,{type:`conjunction`}),a=e=>n(`needs.${e}`);return z`
    <details>
      <summary>${n(`before.levels`)}</summary>
      <div class="stack">${t.tiers.map(r=>z`
      <section class="stack tight level">
        <h3>${r.name===t.tier?n(`before.level_own`,{tier:r.name}):r.name}</h3>
        <ul>
          ${Pt(r,e).map(e=>z`<li>${e}</li>`)}
        </ul>
        <p class="quiet">${n(`before.level_needs`,{needs:i.format(r.needs.map(a))})}</p>
      </section>
    `)}</div>
    </details>
  `}function Lt(e){let{flow:{accepts:t},language:n,say:r}=e,i=new Intl.ListFormat(n,{type:`conjunction`}),a=t=>i.format(t.map(t=>ot(t,e))),{countries:o,countries_refused:s}=t,c=o.filter(e=>!s.includes(e));return o.length?r(`before.countries`,{countries:a(c)}):s.length?r(`before.countries_except`,{countries:a(s)}):r(`before.countries_every`)}var Rt=class extends K{static{this.properties={...K.properties,undeclared:{state:!0}}}constructor(){super(),this.undeclared=!1}ready(){let e=[];return Tt(this.session,`document`)&&e.push([`document`,`before.document`,this.documents()]),(Tt(this.session,`document`)||Tt(this.session,`liveness`))&&(e.push([`camera`,`before.camera`,this.say(`before.camera_about`)]),e.push([`light`,`before.light`,this.say(`before.light_about`)])),e.push([`network`,`before.network`,this.say(`before.network_about`)]),e}documents(){let{flow:e,language:t}=this.session,n=e.accepts.document_types.map(e=>this.say(`documents.${e}`)),r=new Intl.ListFormat(t,{type:`disjunction`}).format(n);return z`${this.say(`before.document_about`,{documents:Ze(r)})}<br />${Lt(this.session)}`}minutes(){let e=Tt(this.session,`document`)?5:2,t=this.session.case.estimate?.usual_seconds,n=this.say(`before.minutes`,{minutes:e});return t?t<90?n+this.say(`before.decision_seconds`,{seconds:t}):n+this.say(`before.decision_minutes`,{minutes:Math.ceil(t/60)}):n}async begin(e){e.preventDefault();let t=new FormData(e.target);this.undeclared=!t.has(`myself`),this.undeclared?this.renderRoot.querySelector(`#myself`)?.focus():await this.doing(async()=>{let e=String(t.get(`code`)??``).trim();e&&await this.session.api.referral(e),await this.session.api.consent(ht,this.session.flow.declaration,!0),this.tell(`declared`)})}render(){let{flow:e}=this.session,t=e.tiers.find(({name:t})=>t===e.tier),n=t?Pt(t,this.session):[];return z`
      <form class="stack" novalidate @submit=${this.begin}>
        ${this.heading(`before.title`)}
        <p>${this.say(`before.lead`,{operator:e.operator||this.say(`common.we`)})}</p>
        <p class="note">
          <span>${this.minutes()} ${e.minimum_age>0?this.say(`before.age`,{age:e.minimum_age}):V}</span>
        </p>
        <h2>${this.say(`before.need`)}</h2>
        <ul class="stack">
          ${this.ready().map(([e,t,n])=>z`
              <li class="need">
                ${G(e)}
                <span><strong>${this.say(t)}</strong><br /><span class="quiet">${n}</span></span>
              </li>
            `)}
        </ul>
        ${n.length?z`<h2>${this.say(`before.gives`,{tier:e.tier})}</h2>
              <ul class="stack tight">${n.map(e=>z`<li class="fine">${e}</li>`)}</ul>`:V}
        ${It(this.session)} ${this.declaration()} ${e.referral?this.referral():V} ${this.troubled()}
        <div class="actions">
          <button class="first" aria-disabled=${this.busy}>${this.say(`before.begin`)}</button>
        </div>
      </form>
    `}declaration(){return z`
      <div class="stack tight">
        <label class="choice">
          <input
            type="checkbox"
            name="myself"
            id="myself"
            aria-describedby=${this.undeclared?`undeclared`:V}
            aria-invalid=${this.undeclared}
          />
          <span
            >${this.say(`before.myself`)}<span class="about">${this.say(`before.family`)}</span></span
          >
        </label>
        ${this.undeclared?z`<p class="error" id="undeclared" role="alert">${this.say(`before.declare`)}</p>`:V}
      </div>
    `}referral(){return z`
      <details>
        <summary>${this.say(`before.referral`)}</summary>
        <div class="field">
          <label for="code">${this.say(`before.referral_code`)}</label>
          <input id="code" name="code" maxlength="40" autocomplete="off" autocapitalize="characters" />
        </div>
      </details>
    `}};customElements.define(`bf-before`,Rt);function zt(e,t,{say:n,language:r}){switch(e.kind){case`mend`:{let t=`hints.${e.reason.code}`,i=n(t);return[`mend`,i===t?e.reason.what[r]:i]}case`closer`:case`back`:case`centre`:return[`mend`,n(`hints.${e.kind}`)];case`looking`:return[`looking`,n(t===`front`||t===`back`?`hints.looking`:`hints.${t}`)];case`ready`:return t===`held`?[`looking`,n(`hints.held`)]:[`ready`,n(`hints.ready`)];default:return[e.kind,n(`hints.${e.kind}`)]}}function Bt(e,t,n){if(!e)return V;let r=t===`live`;return z`<p class="note ${r?`bad`:`warn`}" role="alert">
    <strong>${n(`camera.${e}`)}</strong>
    <span>${n(r?`camera.${e}_live`:`camera.${e}_fix`)}</span>
  </p>`}var Vt=class extends Error{constructor(e){super(e),this.trouble=e}},Ht=()=>!!navigator.mediaDevices?.getUserMedia,Ut={NotAllowedError:`denied`,SecurityError:`denied`,NotReadableError:`busy`,AbortError:`busy`};async function Wt(e){if(!Ht())throw new Vt(`none`);let[t,n]=e===`environment`?[3840,2160]:[1920,1080],r={facingMode:{ideal:e},width:{ideal:t},height:{ideal:n},frameRate:{ideal:30}};try{return await navigator.mediaDevices.getUserMedia({video:r,audio:!1})}catch(e){throw new Vt(Ut[e.name]??`none`)}}var Gt=1280,Kt=({videoWidth:e})=>qt()&&e>0&&e<Gt,qt=()=>matchMedia(`(hover: hover) and (pointer: fine)`).matches;function Jt(e){for(let t of e?.getTracks()??[])t.stop()}function Yt(e,t,n){let{videoWidth:r,videoHeight:i}=e,a=Math.min(1,t/Math.max(r,i,1)),o=n??document.createElement(`canvas`);return o.width=Math.max(1,Math.round(r*a)),o.height=Math.max(1,Math.round(i*a)),o.getContext(`2d`,{alpha:!1})?.drawImage(e,0,0,o.width,o.height),o}function Xt(e,t){return new Promise((n,r)=>{e.toBlob(e=>e?n(e):r(new Vt(`busy`)),`image/jpeg`,t)})}var Zt=e=>Xt(Yt(e,4096),.93),Qt=e=>[...e].map(e=>e.toString(16).padStart(2,`0`)).join(``);async function $t(...e){let t=await new Blob(e).arrayBuffer();return new Uint8Array(await crypto.subtle.digest(`SHA-256`,t))}var en=async e=>Qt(await $t(e)),tn=class{constructor(e){let t=Uint8Array.from(e.match(/../g)??[],e=>Number.parseInt(e,16));this.last=$t(t,location.origin)}add(e,t){let n=this.last;this.last=(async()=>$t(await n,await $t(e),String(t)))()}async digits(){return Qt(await this.last)}},nn=(e,t)=>e.findLast(({from_ms:e})=>e<=t)?.colour??null,rn=o`
  .lamp {
    width: 100vw;
    max-width: none;
    height: 100dvh;
    max-height: none;
    margin: 0;
    padding: 1rem;
    border: 0;
    overflow: auto;
    background: var(--card);
    color: var(--ink);
    /* Colours of the system would take the light away. */
    forced-color-adjust: none;
    --height: 46vh;
  }
  .lamp::backdrop {
    background: none;
  }
  .lamp > div {
    min-height: 100%;
    max-width: 34rem;
    margin-inline: auto;
    align-content: center;
  }
  .coloured {
    --height: 36vh;
  }
  .coloured h1 {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }
  .coloured .row {
    justify-content: flex-end;
  }
  .coloured .row button {
    background: #10151d;
    color: #fff;
    text-decoration: none;
  }
  .red {
    background: #f00;
  }
  .green {
    background: #0f0;
  }
  .blue {
    background: #00f;
  }
  .yellow {
    background: #ff0;
  }
  .cyan {
    background: #0ff;
  }
  .magenta {
    background: #f0f;
  }
  .white {
    background: #fff;
  }
`;function an({say:e,flow:t},n){let[r,i]=[n.includes(`movements`),n.includes(`light`)],a=t.light_challenge&&!i;return z`
    <ol class="stack tight">
      ${[a?`capture.tip_dim`:`capture.tip_place`,...r?[]:[`capture.tip_slow`],`capture.tip_alone`].map(t=>z`<li class="need">${G(`check`)}<span>${e(t)}</span></li>`)}
    </ol>
    ${a?z`<p class="note warn">
          <strong>${e(`capture.warning`)}</strong>
          <span>${e(`capture.warning_about`,{seconds:r?6:9})}</span>
        </p>`:V}
  `}var on=B`<ellipse class="eye" cx="37" cy="45" rx="5" ry="4.500"/><ellipse class="eye" cx="63" cy="45" rx="5" ry="4.500"/>`,sn=e=>B`<path class="arrow" d=${e}/>`,cn={"turn-left":sn(`M22 96H4m7-7-7 7 7 7`),"turn-right":sn(`M78 96h18m-7-7 7 7-7 7`),nod:sn(`M94 40v24m-7-7 7 7 7-7`),"look-up":sn(`M94 64V40m-7 7 7-7 7 7`)},ln=e=>z`
  <svg class="movement ${e}" viewBox="0 0 104 108" aria-hidden="true">
    <path class="head" d="M50 8c22 0 33 16 33 40S68 98 50 98 17 72 17 48 28 8 50 8Z" />
    <g class="features">
      ${on}
      <path class="nose" d="M50 50v12l-4 2" />
      <path class="mouth" d="M38 77q12 6 24 0" />
      <ellipse class="open" cx="50" cy="79" rx="9" ry="10" />
    </g>
    ${cn[e]??``}
  </svg>
`,un=o`
  .movement {
    flex: none;
    width: 84px;
    height: 88px;
    fill: none;
    stroke: #fff;
    stroke-width: 3.5px;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .eye {
    fill: #fff;
    stroke: none;
    transform-box: fill-box;
    transform-origin: center;
  }
  .arrow {
    stroke: #4ade80;
    stroke-width: 4.5px;
  }
  .open {
    display: none;
  }
  .open-mouth .open {
    display: inline;
    transform-box: fill-box;
    transform-origin: top;
    animation: mouth 1.6s ease-in-out infinite alternate;
  }
  .open-mouth .mouth {
    display: none;
  }
  .blink .eye {
    animation: blink 1.6s ease-in-out infinite;
  }
  .turn-left .features {
    animation: left 1.6s ease-in-out infinite alternate;
  }
  .turn-right .features {
    animation: right 1.6s ease-in-out infinite alternate;
  }
  .nod .features {
    animation: down 1.6s ease-in-out infinite alternate;
  }
  .look-up .features {
    animation: up 1.6s ease-in-out infinite alternate;
  }
  @keyframes blink {
    40%,
    60% {
      transform: scaleY(0.08);
    }
  }
  @keyframes mouth {
    from {
      transform: scaleY(0.15);
    }
  }
  @keyframes left {
    to {
      transform: translateX(-15px);
    }
  }
  @keyframes right {
    to {
      transform: translateX(15px);
    }
  }
  @keyframes down {
    to {
      transform: translateY(13px);
    }
  }
  @keyframes up {
    to {
      transform: translateY(-15px);
    }
  }
`,dn=100,fn=({action:e,slower:t,seconds:n},r)=>z`
  <div class="prompt">
    ${e?ln(e):V}
    <p>
      <span aria-live="assertive">${r(`capture.${e??`look`}`)}</span>
      ${t?z`<strong class="slower" role="status">${r(`capture.slower`)}</strong>`:z`<small>${r(`capture.seconds`,{seconds:n})}</small>`}
    </p>
  </div>
`,pn=(e,t)=>t(`capture.repeat`,{movements:e.map(e=>t(`capture.${e}`)).join(t(`common.comma`))}),mn=e=>z`
  <svg class="guide oval" viewBox="0 0 74 100" aria-hidden="true">
    <ellipse cx="37" cy="50" rx="37" ry="50" />
    ${e?B`<path class="done" d="M37 0a37 50 0 0 1 0 100a37 50 0 0 1 0-100" pathLength=${dn} stroke-dashoffset=${dn*(1-e)}/>`:V}
  </svg>
`,hn=o`
  .prompt {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 1rem;
    min-height: 104px;
    margin-top: -0.4rem;
    padding: 0.4rem 1rem;
    border-radius: 14px;
    background: #10151d;
    color: #fff;
  }
  .prompt p {
    font-size: 1.15rem;
    font-weight: 650;
    line-height: 1.25;
  }
  .prompt small {
    display: block;
    font-size: 0.9rem;
    font-weight: 500;
    opacity: 0.9;
  }
  .slower {
    display: block;
    color: #fbbf24;
  }
  .count {
    position: absolute;
    inset: 0;
    display: grid;
    place-items: center;
    color: #fff;
    font-size: 6rem;
    font-weight: 700;
    text-shadow: 0 2px 18px #000;
  }
`;function gn({say:e,flow:t},n,r){let i=t=>z`
    <label class="choice">
      <input
        type="checkbox"
        .checked=${n.includes(t)}
        @change=${e=>{let{checked:i}=e.target;r([...n.filter(e=>e!==t),...i?[t]:[]])}}
      />
      <span>${e(`capture.without_${t}`)}</span>
    </label>
  `;return z`
    <details>
      <summary>${e(`capture.otherwise`)}</summary>
      <div class="stack tight">
        ${t.light_challenge?i(`light`):V} ${i(`movements`)}
        ${n.length>0?z`<p class="note warn" role="status">
              ${e(`capture.without_note`,{days:t.review_days})}
            </p>`:V}
      </div>
    </details>
  `}var _n=24,vn=80,yn=[.5,.6],bn=.16,xn=class{constructor(){this.canvas=document.createElement(`canvas`),this.late=[]}speed(e,t){let n=this.grey(e,t);if(!n)return 0;let r=this.late.findLast(e=>t-e.ms>=vn);return this.late=[...this.late.filter(e=>!r||e.ms>=r.ms),n],!r||r.width!==n.width?0:1e3*Sn(r,n)/_n/(t-r.ms)}isHasty(e,t){return this.speed(e,t)>bn}grey(e,t){let n=_n/Math.max(e.width,e.height),[r,i]=[Math.round(e.width*n),Math.round(e.height*n)];[this.canvas.width,this.canvas.height]=[r,i];let a=this.canvas.getContext(`2d`,{alpha:!1,willReadFrequently:!0});if(!a)return null;a.drawImage(e,0,0,r,i);let{data:o}=a.getImageData(0,0,r,i),s=new Float32Array(r*i);for(let e=0;e<s.length;e+=1)s[e]=o[4*e+1]??0;return{ms:t,width:r,height:i,levels:s}}};function Sn(e,t){let{width:n,height:r}=t,i=({levels:e},t,r)=>e[r*n+t]??0,[a,o]=[n*yn[0]/2,r*yn[1]/2],[s,c,l,u,d,f,p,m,h]=[0,0,0,0,0,0,0,0,0];for(let g=Math.ceil(r/2-o);g<r/2+o;g+=1)for(let r=Math.ceil(n/2-a);r<n/2+a;r+=1){let n=(t,n)=>(i(e,r+t,g+n)-i(e,r-t,g-n))/2,[a,o]=[n(1,0),n(0,1)],_=i(t,r,g)-i(e,r,g);s+=1,c+=a,l+=o,u+=_,d+=a*a,f+=a*o,p+=o*o,m+=a*_,h+=o*_}let[g,_,v]=[d-c*c/s,f-c*l/s,p-l*l/s],[y,b]=[m-c*u/s,h-l*u/s],x=g*v-_*_;return x<.001*g*v||g<=0?0:Math.hypot((v*y-_*b)/x,(g*b-_*y)/x)}var Cn=.4,wn=70,Tn=640,En=class{constructor(){this.worker=new Worker(new URL(`/flow/assets/judge.worker-D_X2Bpj7.js`,``+import.meta.url),{type:`module`}),this.best=0}async frame(e){let{videoWidth:t,videoHeight:n}=e,r=Math.min(1,Tn/Math.max(t,n)),i=await createImageBitmap(e,{resizeWidth:Math.max(1,Math.round(t*r)),resizeHeight:Math.max(1,Math.round(n*r))}),a=await new Promise(e=>{this.worker.onmessage=({data:t})=>e(t),this.worker.postMessage(i,[i])});this.best=Math.max(a.sharp,.95*this.best);let o=a.sharp<Cn*this.best;return{judged:a,scale:r,worth:a.light<wn?`dark`:o?`moving`:`good`}}end(){this.worker.terminate()}},Dn=.25,On=.8,kn=.17,An=.2,jn=[`FACE_NOT_FOUND`,`FACE_MULTIPLE`,`FACE_TOO_DARK`,`FACE_OVEREXPOSED`];function Mn(e,t,n){if(n&&jn.includes(n.code))return null;let[r,i]=[e.map(([e])=>e),e.map(([,e])=>e)],[a,o]=[Math.min(...r),Math.max(...r)],[s,c]=[Math.min(...i),Math.max(...i)];if(c-s<Dn)return`closer`;if(c-s>On)return`back`;let l=Math.abs((a+o)/2-.5)*t,u=Math.abs((s+c)/2-.5);return l>kn||u>An?`centre`:null}var Nn={front:333,back:333,held:500,selfie:500},Pn=120,Fn=1200,In=1500,Ln=class{constructor(e,t,n,r){this.api=e,this.video=t,this.place=n,this.watching=r,this.ending=new AbortController,this.judge=new En}async run(){let[e,t]=[0,0];for(;!this.ending.signal.aborted;){let n=e+Math.max(Nn[this.place],1.3*t);if(await Rn(Math.max(Pn,n-performance.now())),this.ending.signal.aborted)break;if(document.hidden||!this.video.videoWidth)continue;let r=await this.judge.frame(this.video).catch(()=>null);if(!r){await Rn(Fn);continue}if(this.ending.signal.aborted)break;let{judged:i,worth:a,scale:o}=r,s=performance.now()-e>Fn;a!==`good`&&!s?this.watching.see({advice:{kind:a},outline:null}):(e=performance.now(),await this.ask(i.frame,o,a),t=performance.now()-e)}this.judge.end()}end(){this.ending.abort()}async ask(e,t,n){try{let{videoWidth:r,videoHeight:i}=this.video,a={of:this.place,width:r},{hint:o,outline:s}=await this.api.preview(e,a,this.ending.signal),[c,l]=[r*t,i*t],u=s?.map(([e,t])=>[e/c,t/l])??null,d=this.place===`selfie`&&u?Mn(u,c/l,o):null,f=o?{kind:`mend`,reason:o}:n===`good`?{kind:`ready`}:{kind:`moving`};this.watching.see({advice:d?{kind:d}:f,outline:u})}catch(e){if(this.ending.signal.aborted)return;if(e instanceof U&&At(e))return this.watching.ended();e instanceof W&&this.watching.see({advice:{kind:`offline`},outline:null}),await Rn(In)}}},Rn=e=>new Promise(t=>setTimeout(t,e));function zn(e,t,n){let r=Math.round(100*e),i=n(e<1?`picture.sending`:`picture.judging`);return z`
    <progress max="100" aria-label=${n(`picture.progress`)} .value=${r}></progress>
    <p class=${t?`note warn`:`quiet`} role="status">
      ${t?n(`picture.broken`,{percent:r}):i}
    </p>
  `}var Bn={},Vn=(function(e,t,n,r,i){var a=new Worker(Bn[t]||(Bn[t]=URL.createObjectURL(new Blob([e+`;addEventListener("error",function(e){e=e.error;postMessage({$e$:[e.message,e.code,e.stack]})})`],{type:`text/javascript`}))));return a.onmessage=function(e){var t=e.data,n=t.$e$;if(n){var r=Error(n[0]);r.code=n[1],r.stack=n[2],i(r,null)}else i(null,t)},a.postMessage(n,r),a}),q=Uint8Array,J=Uint16Array,Hn=Int32Array,Un=new q([0,0,0,0,0,0,0,0,1,1,1,1,2,2,2,2,3,3,3,3,4,4,4,4,5,5,5,5,0,0,0,0]),Wn=new q([0,0,0,0,1,1,2,2,3,3,4,4,5,5,6,6,7,7,8,8,9,9,10,10,11,11,12,12,13,13,0,0]),Gn=new q([16,17,18,0,8,7,9,6,10,5,11,4,12,3,13,2,14,1,15]),Kn=function(e,t){for(var n=new J(31),r=0;r<31;++r)n[r]=t+=1<<e[r-1];for(var i=new Hn(n[30]),r=1;r<30;++r)for(var a=n[r];a<n[r+1];++a)i[a]=a-n[r]<<5|r;return{b:n,r:i}},qn=Kn(Un,2),Jn=qn.b,Yn=qn.r;Jn[28]=258,Yn[258]=28;var Xn=Kn(Wn,0);Xn.b;for(var Zn=Xn.r,Qn=new J(32768),Y=0;Y<32768;++Y){var $n=(Y&43690)>>1|(Y&21845)<<1;$n=($n&52428)>>2|($n&13107)<<2,$n=($n&61680)>>4|($n&3855)<<4,Qn[Y]=(($n&65280)>>8|($n&255)<<8)>>1}for(var er=(function(e,t,n){for(var r=e.length,i=0,a=new J(t);i<r;++i)e[i]&&++a[e[i]-1];var o=new J(t);for(i=1;i<t;++i)o[i]=o[i-1]+a[i-1]<<1;var s;if(n){s=new J(1<<t);var c=15-t;for(i=0;i<r;++i)if(e[i])for(var l=i<<4|e[i],u=t-e[i],d=o[e[i]-1]++<<u,f=d|(1<<u)-1;d<=f;++d)s[Qn[d]>>c]=l}else for(s=new J(r),i=0;i<r;++i)e[i]&&(s[i]=Qn[o[e[i]-1]++]>>15-e[i]);return s}),tr=new q(288),Y=0;Y<144;++Y)tr[Y]=8;for(var Y=144;Y<256;++Y)tr[Y]=9;for(var Y=256;Y<280;++Y)tr[Y]=7;for(var Y=280;Y<288;++Y)tr[Y]=8;for(var nr=new q(32),Y=0;Y<32;++Y)nr[Y]=5;var rr=er(tr,9,0),ir=er(nr,5,0),ar=function(e){return(e+7)/8|0},or=function(e,t,n){return(t==null||t<0)&&(t=0),(n==null||n>e.length)&&(n=e.length),new q(e.subarray(t,n))},sr=[`unexpected EOF`,`invalid block type`,`invalid length/literal`,`invalid distance`,`stream finished`,`no stream handler`,,`no callback`,`invalid UTF-8 data`,`extra field too long`,`date not in range 1980-2099`,`filename too long`,`stream finishing`,`invalid zip data`],cr=function(e,t,n){var r=Error(t||sr[e]);if(r.code=e,Error.captureStackTrace&&Error.captureStackTrace(r,cr),!n)throw r;return r},X=function(e,t,n){n<<=t&7;var r=t/8|0;e[r]|=n,e[r+1]|=n>>8},lr=function(e,t,n){n<<=t&7;var r=t/8|0;e[r]|=n,e[r+1]|=n>>8,e[r+2]|=n>>16},ur=function(e,t){for(var n=[],r=0;r<e.length;++r)e[r]&&n.push({s:r,f:e[r]});var i=n.length,a=n.slice();if(!i)return{t:_r,l:0};if(i==1){var o=new q(n[0].s+1);return o[n[0].s]=1,{t:o,l:1}}n.sort(function(e,t){return e.f-t.f}),n.push({s:-1,f:25001});var s=n[0],c=n[1],l=0,u=1,d=2;for(n[0]={s:-1,f:s.f+c.f,l:s,r:c};u!=i-1;)s=n[n[l].f<n[d].f?l++:d++],c=n[l!=u&&n[l].f<n[d].f?l++:d++],n[u++]={s:-1,f:s.f+c.f,l:s,r:c};for(var f=a[0].s,r=1;r<i;++r)a[r].s>f&&(f=a[r].s);var p=new J(f+1),m=dr(n[u-1],p,0);if(m>t){var r=0,h=0,g=m-t,_=1<<g;for(a.sort(function(e,t){return p[t.s]-p[e.s]||e.f-t.f});r<i;++r){var v=a[r].s;if(p[v]>t)h+=_-(1<<m-p[v]),p[v]=t;else break}for(h>>=g;h>0;){var y=a[r].s;p[y]<t?h-=1<<t-p[y]++-1:++r}for(;r>=0&&h;--r){var b=a[r].s;p[b]==t&&(--p[b],++h)}m=t}return{t:new q(p),l:m}},dr=function(e,t,n){return e.s==-1?Math.max(dr(e.l,t,n+1),dr(e.r,t,n+1)):t[e.s]=n},fr=function(e){for(var t=e.length;t&&!e[--t];);for(var n=new J(++t),r=0,i=e[0],a=1,o=function(e){n[r++]=e},s=1;s<=t;++s)if(e[s]==i&&s!=t)++a;else{if(!i&&a>2){for(;a>138;a-=138)o(32754);a>2&&(o(a>10?a-11<<5|28690:a-3<<5|12305),a=0)}else if(a>3){for(o(i),--a;a>6;a-=6)o(8304);a>2&&(o(a-3<<5|8208),a=0)}for(;a--;)o(i);a=1,i=e[s]}return{c:n.subarray(0,r),n:t}},pr=function(e,t){for(var n=0,r=0;r<t.length;++r)n+=e[r]*t[r];return n},mr=function(e,t,n){var r=n.length,i=ar(t+2);e[i]=r&255,e[i+1]=r>>8,e[i+2]=e[i]^255,e[i+3]=e[i+1]^255;for(var a=0;a<r;++a)e[i+a+4]=n[a];return(i+4+r)*8},hr=function(e,t,n,r,i,a,o,s,c,l,u){X(t,u++,n),++i[256];for(var d=ur(i,15),f=d.t,p=d.l,m=ur(a,15),h=m.t,g=m.l,_=fr(f),v=_.c,y=_.n,b=fr(h),x=b.c,S=b.n,C=new J(19),w=0;w<v.length;++w)++C[v[w]&31];for(var w=0;w<x.length;++w)++C[x[w]&31];for(var T=ur(C,7),E=T.t,ee=T.l,D=19;D>4&&!E[Gn[D-1]];--D);var O=l+5<<3,k=pr(i,tr)+pr(a,nr)+o,A=pr(i,f)+pr(a,h)+o+14+3*D+pr(C,E)+2*C[16]+3*C[17]+7*C[18];if(c>=0&&O<=k&&O<=A)return mr(t,u,e.subarray(c,c+l));var j,M,N,P;if(X(t,u,1+(A<k)),u+=2,A<k){j=er(f,p,0),M=f,N=er(h,g,0),P=h;var te=er(E,ee,0);X(t,u,y-257),X(t,u+5,S-1),X(t,u+10,D-4),u+=14;for(var w=0;w<D;++w)X(t,u+3*w,E[Gn[w]]);u+=3*D;for(var F=[v,x],I=0;I<2;++I)for(var ne=F[I],w=0;w<ne.length;++w){var L=ne[w]&31;X(t,u,te[L]),u+=E[L],L>15&&(X(t,u,ne[w]>>5&127),u+=ne[w]>>12)}}else j=rr,M=tr,N=ir,P=nr;for(var w=0;w<s;++w){var R=r[w];if(R>255){var L=R>>18&31;lr(t,u,j[L+257]),u+=M[L+257],L>7&&(X(t,u,R>>23&31),u+=Un[L]);var re=R&31;lr(t,u,N[re]),u+=P[re],re>3&&(lr(t,u,R>>5&8191),u+=Wn[re])}else lr(t,u,j[R]),u+=M[R]}return lr(t,u,j[256]),u+M[256]},gr=new Hn([65540,131080,131088,131104,262176,1048704,1048832,2114560,2117632]),_r=new q(0),vr=function(e,t,n,r,i,a){var o=a.z||e.length,s=new q(r+o+5*(1+Math.ceil(o/7e3))+i),c=s.subarray(r,s.length-i),l=a.l,u=(a.r||0)&7;if(t){u&&(c[0]=a.r>>3);for(var d=gr[t-1],f=d>>13,p=d&8191,m=(1<<n)-1,h=a.p||new J(32768),g=a.h||new J(m+1),_=Math.ceil(n/3),v=2*_,y=function(t){return(e[t]^e[t+1]<<_^e[t+2]<<v)&m},b=new Hn(25e3),x=new J(288),S=new J(32),C=0,w=0,T=a.i||0,E=0,ee=a.w||0,D=0;T+2<o;++T){var O=y(T),k=T&32767,A=g[O];if(h[k]=A,g[O]=k,ee<=T){var j=o-T;if((C>7e3||E>24576)&&(j>423||!l)){u=hr(e,c,0,b,x,S,w,E,D,T-D,u),E=C=w=0,D=T;for(var M=0;M<286;++M)x[M]=0;for(var M=0;M<30;++M)S[M]=0}var N=2,P=0,te=p,F=k-A&32767;if(j>2&&O==y(T-F))for(var I=Math.min(f,j)-1,ne=Math.min(32767,T),L=Math.min(258,j);F<=ne&&--te&&k!=A;){if(e[T+N]==e[T+N-F]){for(var R=0;R<L&&e[T+R]==e[T+R-F];++R);if(R>N){if(N=R,P=F,R>I)break;for(var re=Math.min(F,R-2),ie=0,M=0;M<re;++M){var ae=T-F+M&32767,oe=ae-h[ae]&32767;oe>ie&&(ie=oe,A=ae)}}}k=A,A=h[k],F+=k-A&32767}if(P){b[E++]=268435456|Yn[N]<<18|Zn[P];var z=Yn[N]&31,B=Zn[P]&31;w+=Un[z]+Wn[B],++x[257+z],++S[B],ee=T+N,++C}else b[E++]=e[T],++x[e[T]]}}for(T=Math.max(T,ee);T<o;++T)b[E++]=e[T],++x[e[T]];u=hr(e,c,l,b,x,S,w,E,D,T-D,u),l||(a.r=u&7|c[u/8|0]<<3,u-=7,a.h=g,a.p=h,a.i=T,a.w=ee)}else{for(var T=a.w||0;T<o+l;T+=65535){var se=T+65535;se>=o&&(c[u/8|0]=l,se=o),u=mr(c,u+1,e.subarray(T,se))}a.i=o}return or(s,0,r+ar(u)+i)},yr=(function(){for(var e=new Int32Array(256),t=0;t<256;++t){for(var n=t,r=9;--r;)n=(n&1&&-306674912)^n>>>1;e[t]=n}return e})(),br=function(){var e=-1;return{p:function(t){for(var n=e,r=0;r<t.length;++r)n=yr[n&255^t[r]]^n>>>8;e=n},d:function(){return~e}}},xr=function(e,t,n,r,i){if(!i&&(i={l:1},t.dictionary)){var a=t.dictionary.subarray(-32768),o=new q(a.length+e.length);o.set(a),o.set(e,a.length),e=o,i.w=a.length}return vr(e,t.level==null?6:t.level,t.mem==null?i.l?Math.ceil(Math.max(8,Math.min(13,Math.log(e.length)))*1.5):20:12+t.mem,n,r,i)},Sr=function(e,t){var n={};for(var r in e)n[r]=e[r];for(var r in t)n[r]=t[r];return n},Cr=function(e,t,n){for(var r=e(),i=e.toString(),a=i.slice(i.indexOf(`[`)+1,i.lastIndexOf(`]`)).replace(/\s+/g,``).split(`,`),o=0;o<r.length;++o){var s=r[o],c=a[o];if(typeof s==`function`){t+=`;`+c+`=`;var l=s.toString();if(s.prototype){if(l.indexOf(`[native code]`)!=-1){var u=l.indexOf(` `,8)+1;t+=l.slice(u,l.indexOf(`(`,u))}else for(var d in t+=l,s.prototype)t+=`;`+c+`.prototype.`+d+`=`+s.prototype[d].toString()}else t+=l}else n[c]=s}return t},wr=[],Tr=function(e){var t=[];for(var n in e)e[n].buffer&&t.push((e[n]=new e[n].constructor(e[n])).buffer);return t},Er=function(e,t,n,r){if(!wr[n]){for(var i=``,a={},o=e.length-1,s=0;s<o;++s)i=Cr(e[s],i,a);wr[n]={c:Cr(e[o],i,a),e:a}}var c=Sr({},wr[n].e);return Vn(wr[n].c+`;onmessage=function(e){for(var k in e.data)self[k]=e.data[k];onmessage=`+t.toString()+`}`,n,c,Tr(c),r)},Dr=function(){return[q,J,Hn,Un,Wn,Gn,Yn,Zn,rr,tr,ir,nr,Qn,gr,_r,er,X,lr,ur,dr,fr,pr,mr,hr,ar,or,vr,xr,jr,Or]},Or=function(e){return postMessage(e,[e.buffer])},kr=function(e,t,n,r,i,a){var o=Er(n,r,i,function(e,t){o.terminate(),a(e,t)});return o.postMessage([e,t],t.consume?[e.buffer]:[]),function(){o.terminate()}},Z=function(e,t,n){for(;n;++t)e[t]=n,n>>>=8};function Ar(e,t,n){return n||(n=t,t={}),typeof n!=`function`&&cr(7),kr(e,t,[Dr],function(e){return Or(jr(e.data[0],e.data[1]))},0,n)}function jr(e,t){return xr(e,t||{},0,0)}var Mr=function(e,t,n,r){for(var i in e){var a=e[i],o=t+i,s=r;Array.isArray(a)&&(s=Sr(r,a[1]),a=a[0]),ArrayBuffer.isView(a)?n[o]=[a,s]:(n[o+=`/`]=[new q(0),s],Mr(a,o,n,r))}},Nr=typeof TextEncoder<`u`&&new TextEncoder,Pr=typeof TextDecoder<`u`&&new TextDecoder;try{Pr.decode(_r,{stream:!0})}catch{}function Fr(e,t){if(t){for(var n=new q(e.length),r=0;r<e.length;++r)n[r]=e.charCodeAt(r);return n}if(Nr)return Nr.encode(e);for(var i=e.length,a=new q(e.length+(e.length>>1)),o=0,s=function(e){a[o++]=e},r=0;r<i;++r){if(o+5>a.length){var c=new q(o+8+(i-r<<1));c.set(a),a=c}var l=e.charCodeAt(r);l<128||t?s(l):l<2048?(s(192|l>>6),s(128|l&63)):l>55295&&l<57344?(l=65536+(l&1047552)|e.charCodeAt(++r)&1023,s(240|l>>18),s(128|l>>12&63),s(128|l>>6&63),s(128|l&63)):(s(224|l>>12),s(128|l>>6&63),s(128|l&63))}return or(a,0,o)}var Ir=function(e){var t=0;if(e)for(var n in e){var r=e[n].length;r>65535&&cr(9),t+=r+4}return t},Lr=function(e,t,n,r,i,a,o,s){var c=r.length,l=n.extra,u=s&&s.length,d=Ir(l);Z(e,t,o==null?67324752:33639248),t+=4,o!=null&&(e[t++]=20,e[t++]=n.os),e[t]=20,t+=2,e[t++]=n.flag<<1|(a<0&&8),e[t++]=i&&8,e[t++]=n.compression&255,e[t++]=n.compression>>8;var f=new Date(n.mtime==null?Date.now():n.mtime),p=f.getFullYear()-1980;if((p<0||p>119)&&cr(10),Z(e,t,p<<25|f.getMonth()+1<<21|f.getDate()<<16|f.getHours()<<11|f.getMinutes()<<5|f.getSeconds()>>1),t+=4,a!=-1&&(Z(e,t,n.crc),Z(e,t+4,a<0?-a-2:a),Z(e,t+8,n.size)),Z(e,t+12,c),Z(e,t+14,d),t+=16,o!=null&&(Z(e,t,u),Z(e,t+6,n.attrs),Z(e,t+10,o),t+=14),e.set(r,t),t+=c,d)for(var m in l){var h=l[m],g=h.length;Z(e,t,+m),Z(e,t+2,g),e.set(h,t+4),t+=4+g}return u&&(e.set(s,t),t+=u),t},Rr=function(e,t,n,r,i){Z(e,t,101010256),Z(e,t+8,n),Z(e,t+10,n),Z(e,t+12,r),Z(e,t+16,i)};function zr(e,t,n){n||(n=t,t={}),typeof n!=`function`&&cr(7);var r={};Mr(e,``,r,t);var i=Object.keys(r),a=i.length,o=0,s=0,c=a,l=Array(a),u=[],d=function(){for(var e=0;e<u.length;++e)u[e]()},f=function(e,t){Br(function(){n(e,t)})};Br(function(){f=n});var p=function(){var e=new q(s+22),t=o,n=s-o;s=0;for(var r=0;r<c;++r){var i=l[r];try{var a=i.c.length;Lr(e,s,i,i.f,i.u,a);var u=30+i.f.length+Ir(i.extra),d=s+u;e.set(i.c,d),Lr(e,o,i,i.f,i.u,a,s,i.m),o+=16+u+(i.m?i.m.length:0),s=d+a}catch(e){return f(e,null)}}Rr(e,o,l.length,n,t),f(null,e)};a||p();for(var m=function(e){var t=i[e],n=r[t],c=n[0],m=n[1],h=br(),g=c.length;h.p(c);var _=Fr(t),v=_.length,y=m.comment,b=y&&Fr(y),x=b&&b.length,S=Ir(m.extra),C=m.level==0?0:8,w=function(n,r){if(n)d(),f(n,null);else{var i=r.length;l[e]=Sr(m,{size:g,crc:h.d(),c:r,f:_,m:b,u:v!=t.length||b&&y.length!=x,compression:C}),o+=30+v+S+i,s+=76+2*(v+S)+(x||0)+i,--a||p()}};if(v>65535&&w(cr(11,0,1),null),!C)w(null,c);else if(g<16e4)try{w(null,jr(c,m))}catch(e){w(e,null)}else u.push(Ar(c,m,w))},h=0;h<c;++h)m(h);return d}var Br=typeof queueMicrotask==`function`?queueMicrotask:typeof setTimeout==`function`?setTimeout:function(e){e()},Vr=480,Hr=50,Ur=.8,Wr=1500,Gr=class{constructor(e,t){this.video=e,this.chain=t,this.canvas=document.createElement(`canvas`),this.frames=[]}async record(e,t,n){let r=performance.now(),i=()=>{let a=performance.now()-r;n.aborted||a>=e||(t.tick(a),requestAnimationFrame(i))};i();for(let i=0;!n.aborted;){await this.frame(n);let a=performance.now()-r;if(a>=e)return;if(a<i)continue;i=Math.max(i+Hr,a-Hr);let o=Yt(this.video,Vr,this.canvas);t.kept(o,a);let[s,c]=[Math.round(a),await Xt(o,Ur)];this.frames.push([s,c]),this.chain.add(c,s)}}frame(e){let{video:t}=this;return new Promise((n,r)=>{let i=setTimeout(()=>e.aborted?n():r(new Vt(`busy`)),Wr),a=()=>{clearTimeout(i),e.removeEventListener(`abort`,a),n()};e.addEventListener(`abort`,a),`requestVideoFrameCallback`in t?t.requestVideoFrameCallback(a):requestAnimationFrame(a)})}async archive(){let e={};for(let[t,n]of this.frames)e[`${String(t).padStart(6,`0`)}.jpg`]=new Uint8Array(await n.arrayBuffer());return new Promise((t,n)=>{zr(e,{level:0,mtime:`1980-01-01`},(e,r)=>e?n(e):t(new Blob([r])))})}},Kr=o`
  .finder {
    position: relative;
    overflow: hidden;
    border-radius: var(--radius);
    background: #0b0e13;
    --height: 58vh;
    aspect-ratio: var(--ratio, 0.75);
    width: 100%;
    max-width: calc(var(--height) * var(--ratio, 0.75));
    margin-inline: auto;
    --state: #fff;
  }
  .seen .guide {
    border-color: transparent;
    box-shadow: none;
  }
  .ready {
    --state: #4ade80;
  }
  .mend,
  .offline,
  .dark,
  .moving {
    --state: #fbbf24;
  }
  .finder video,
  .finder > svg:not(.guide) {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    object-fit: cover;
  }
  .mirrored video {
    transform: scaleX(-1);
  }
  .outline {
    fill: rgb(255 255 255 / 8%);
    stroke: var(--state);
    stroke-width: 4px;
    stroke-linejoin: round;
    vector-effect: non-scaling-stroke;
  }
  .guide {
    position: absolute;
    inset: 0;
    margin: auto;
    border: 3px solid var(--state);
    box-shadow: 0 0 0 100vmax rgb(5 8 12 / 45%);
    transition: border-color 0.2s;
  }
  .guide.card {
    width: 88%;
    aspect-ratio: 1.5;
    border-radius: 14px;
  }
  .guide.oval {
    height: 72%;
    aspect-ratio: 0.74;
    border-radius: 50%;
    inset-block: -10% 0;
  }
  svg.guide {
    overflow: visible;
    border: 0;
    fill: none;
    stroke: var(--state);
    stroke-width: 1.2px;
  }
  svg.beside {
    width: 100%;
    height: 100%;
    box-shadow: none;
  }
  svg.guide .done {
    stroke: #4ade80;
    stroke-width: 3.5px;
    stroke-linecap: round;
    stroke-dasharray: 100;
  }
  .hint {
    margin-top: -0.4rem;
    padding: 0.65rem 0.9rem;
    border-radius: 12px;
    background: #10151d;
    border-inline-start: 6px solid var(--state, #fff);
    color: #fff;
    font-weight: 600;
    font-size: 1.05rem;
    text-align: center;
    text-wrap: balance;
  }
  .shutter-row {
    justify-items: center;
  }
  .shutter-row .file {
    width: 100%;
  }
  .shutter {
    width: 76px;
    height: 76px;
    padding: 5px;
    border: 4px solid var(--mark);
    border-radius: 50%;
  }
  .shutter span {
    width: 100%;
    height: 100%;
    border-radius: 50%;
    background: var(--mark);
  }
`,qr=class{constructor(e){this.screen=e,this.muted=!1}say(e){if(this.muted||!(`speechSynthesis`in globalThis))return;speechSynthesis.cancel();let t=new SpeechSynthesisUtterance(e);t.lang=this.screen.session.language===`en`?`en-GB`:`zh-CN`,speechSynthesis.speak(t)}silence(){`speechSynthesis`in globalThis&&speechSynthesis.cancel()}button(){return z`
      <button
        class="sound"
        aria-pressed=${this.muted}
        aria-label=${this.screen.session.say(`capture.mute`)}
        @click=${()=>{this.muted=!this.muted,this.muted&&this.silence(),this.screen.requestUpdate()}}
      >
        ${G(this.muted?`muted`:`sound`)}
      </button>
    `}},Jr=o`
  .sound {
    min-width: 48px;
    padding: 0.5rem;
    border: 0;
  }
`,Yr=3,Xr=1e3,Zr=[`aiming`,`counting`,`moving`],Qr=o`
  .row {
    display: flex;
    justify-content: space-between;
    align-items: center;
    gap: 1rem;
    margin-block: -0.4rem;
  }
  .row > span {
    display: flex;
    gap: 0.25rem;
  }
`,$r=class extends K{static{this.styles=[Ot,Kr,un,hn,Qr,Jr,rn]}static{this.properties={...K.properties,told:{attribute:!1},stage:{state:!0},noCamera:{state:!0},advice:{state:!0},without:{state:!0}}}constructor(){super(),this.voice=new qr(this),this.stream=null,this.aiming=null,this.ending=new AbortController,this.slowerUntil=0,this.away=()=>{document.hidden&&Zr.includes(this.stage.name)&&this.halt(`capture.away`)},this.told=[],this.stage={name:`intro`},this.noCamera=Ht()?``:`none`,this.advice={kind:`looking`},this.without=[]}connectedCallback(){super.connectedCallback(),document.addEventListener(`visibilitychange`,this.away)}disconnectedCallback(){super.disconnectedCallback(),document.removeEventListener(`visibilitychange`,this.away),this.stop()}halt(e=``){this.stop(),this.stage={name:`intro`},this.trouble=e}turnOff(){if(this.stage.name===`sending`)return!1;let e=Zr.includes(this.stage.name);return e?this.halt():this.stop(),e}lost(e){this.halt(),this.noCamera=e}updated(e){let t=this.renderRoot.querySelector(`dialog`);t&&!t.open&&t.showModal();let n=e.get(`stage`);n&&n.name!==this.stage.name&&this.stage.name!==`moving`&&this.readOn()}stop(){this.ending.abort(),this.aiming?.end(),Jt(this.stream),this.stream=null,this.voice.silence()}async start(){await this.doing(async()=>{this.ending=new AbortController;let{signal:e}=this.ending;try{let t=await Wt(`user`);if(e.aborted||!this.isConnected)return Jt(t);this.stream=t}catch(e){if(!(e instanceof Vt))throw e;return this.lost(e.trouble)}for(let e of this.stream.getTracks())e.onended=()=>this.lost(`busy`);this.noCamera=``,this.stage={name:`aiming`},await this.updateComplete;let t=this.video();if(!t)return this.stop();if(t.srcObject=this.stream,await t.play().catch(()=>void 0),e.aborted)return;this.voice.say(this.say(`capture.aim`)),this.advice={kind:`looking`};let n={see:({advice:e})=>{this.advice=e},ended:()=>this.tell(`ended`)};this.aiming=new Ln(this.session.api,t,`selfie`,n),this.aiming.run()})}video(){return this.renderRoot.querySelector(`video`)}async go(){await this.doing(async()=>{let{signal:e}=this.ending,t=await this.session.api.challenge(this.without,e).catch(t=>{if(e.aborted)return null;throw t});if(!t||e.aborted)return;this.aiming?.end();let n=t.light.length>0?`white`:null,{again:r}=t;for(let t=r.length>0?6:Yr;t>0;--t)if(this.stage={name:`counting`,colour:n,left:t,again:r},t<=Yr?this.voice.say(String(t)):t===6&&this.voice.say(pn(r,this.session.say)),await ei(900,e),e.aborted)return;await this.perform(t)})}async perform({steps:e,light:t,lasts_ms:n,nonce:r}){let i=this.video();if(!i)return;let[a,o]=[new tn(r),new xn],s=new Gr(i,a),c=null;this.slowerUntil=0;let l=r=>{let i=e.findLast(e=>e.from_ms<=r),a=i?.action??null;c!==(a??`look`)&&(c=a??`look`,this.voice.say(this.say(`capture.${c}`)),navigator.vibrate?.(40));let o=Math.max(0,Math.ceil(((i?.to_ms??n)-r)/1e3)),s=nn(t,r),l=r<this.slowerUntil;this.stage={name:`moving`,action:a,colour:s,share:Math.min(1,r/n),seconds:o,slower:l}};try{await s.record(n+150,{tick:l,kept:(t,n)=>{e.length>0&&o.isHasty(t,n)&&this.hasten(n)}},this.ending.signal)}catch(e){if(e instanceof Vt)return this.lost(e.trouble);throw e}if(this.ending.signal.aborted)return;this.voice.say(this.say(`capture.done`)),this.stage={name:`sending`,share:0,broken:!1};let u=await s.archive(),d=this.stream?.getVideoTracks()[0]?.label??``;Jt(this.stream),await this.send(u,await a.digits(),d)}hasten(e){e<this.slowerUntil||(this.slowerUntil=e+Xr,this.voice.say(this.say(`capture.slower`)),navigator.vibrate?.([40,60,40]))}async send(e,t,n){let r=e=>{this.stage.name===`sending`&&(this.stage={...this.stage,...e})},i={progress:e=>r({share:e}),broken:e=>r({broken:e})},{signal:a}=this.ending;try{let r={sha256:await en(e),chain:t,camera:n,automated:navigator.webdriver};await this.session.api.announce(r,i,a);let{faults:o}=await this.upload(`capture`,e,i,a);if(o.length===0)return this.tell(`taken`,`capture`);this.stage={name:`faulty`,faults:o}}catch(e){if(this.ending.signal.aborted)return;if(this.stage={name:`intro`},!(e instanceof U&&e.code===`challenge-expired`))throw e;this.trouble=`capture.expired`}}render(){let{stage:e}=this;return e.name===`intro`?this.intro():e.name===`sending`?z`<div class="stack">
        ${this.heading(`capture.done`)} ${zn(e.share,e.broken,this.session.say)}
      </div>`:e.name===`faulty`?this.faulty(e.faults):z`
      <dialog class="lamp ${`colour`in e&&e.colour?`coloured ${e.colour}`:``}" aria-label=${this.say(`capture.title`)} @cancel=${this.stopped}>
        <div class="stack">
          <div class="row">
            ${this.heading(`capture.title`)}
            <span>
              ${this.voice.button()}
              <button class="link" @click=${this.stopped}>${this.say(`capture.stop`)}</button>
            </span>
          </div>
          <div class="finder mirrored ${this.frame()}">
            <video muted playsinline aria-label=${this.say(`picture.finder`)}></video>
            ${mn(e.name===`moving`?e.share:0)}
            ${e.name===`counting`?z`<p class="count" role="status">${e.left}</p>`:V}
          </div>
          ${this.under()}
          ${this.troubled()}
          ${e.name===`aiming`?z`<div class="actions">
                <button class="first" aria-disabled=${this.busy} @click=${this.go}>
                  ${this.say(`capture.ready`)}
                </button>
              </div>`:V}
        </div>
      </dialog>
    `}stopped(e){e.preventDefault(),this.halt()}frame(){return this.stage.name===`moving`?``:zt(this.advice,`selfie`,this.session)[0]}under(){let{stage:e}=this;if(e.name===`moving`)return fn(e,this.session.say);if(e.name===`counting`&&e.again.length>0)return z`<p class="hint ready" role="status">${pn(e.again,this.session.say)}</p>`;let[t,n]=zt(this.advice,`selfie`,this.session);return t===`offline`?z`<p class="hint offline" role="status">${this.say(`trouble.offline`)}</p>`:z`<p class="hint ${t}" aria-live="polite" aria-atomic="true">${t===`ready`?this.say(`capture.good`):n}</p>`}intro(){let e=this.noCamera===`none`||this.noCamera!==``&&qt(),t=this.without.includes(`movements`);return z`
      <div class="stack">
        <div class="row">
          ${this.heading(this.told.length?`capture.again_title`:`capture.title`)} ${this.voice.button()}
        </div>
        ${this.told.length?this.reasons(this.told):z`<p>${this.say(t?`capture.lead_still`:`capture.lead`)}</p>`}
        ${this.brokenOff(`capture`)}
        ${an(this.session,this.without)}
        ${this.choices()}
        ${Bt(this.noCamera,`live`,this.session.say)} ${this.troubled()}
        <div class="actions">
          ${e?this.onAPhone():V}
          <button class=${e&&!this.session.arrived?``:`first`} aria-disabled=${this.busy} @click=${this.start}>
            ${G(`camera`)}${this.say(this.noCamera?`camera.again`:`picture.open_camera`)}
          </button>
        </div>
      </div>
    `}choices(){return gn(this.session,this.without,e=>{this.without=e})}faulty(e){return z`
      <div class="stack">
        ${this.heading(`capture.faulty_title`)} ${this.reasons(e)}
        <p>${this.say(`capture.faulty_lead`)}</p>
        ${this.choices()}
        <div class="actions">
          <button class="first" @click=${this.start}>${G(`camera`)}${this.say(`capture.again`)}</button>
          <button class="link" @click=${()=>this.tell(`taken`,`capture`)}>
            ${this.say(`capture.use_anyway`)}
          </button>
        </div>
      </div>
    `}};customElements.define(`bf-capture`,$r);var ei=(e,t)=>new Promise(n=>{setTimeout(n,e),t.addEventListener(`abort`,()=>n(),{once:!0})}),ti={passport:`passport`},ni=class extends K{static{this.properties={...K.properties,country:{state:!0},type:{state:!0},wrong:{state:!0}}}constructor(){super(),this.country=``,this.type=``,this.wrong=!1}connectedCallback(){super.connectedCallback();let{claims:e,country:t,language:n,flow:r}=this.session,i=n===`zh-CN`?`CHN`:``,a=rt(r);this.country=t||(a.includes(i)?i:``),this.type=e.document_type??``}choose(e){if(e.preventDefault(),this.wrong=!(this.country&&this.type),this.wrong){let e=this.country?`input`:`select`;this.renderRoot.querySelector(e)?.focus();return}let t=this.session.claims,n=[this.country,``].includes(this.session.country),r={...t.document_type===this.type&&n?t:{nationality:this.country},document_type:this.type};this.tell(`chosen`,{claims:r,country:this.country})}render(){let{flow:e,language:t}=this.session,n=rt(e).map(e=>({code:e,name:ot(e,this.session)})).sort((e,n)=>e.name.localeCompare(n.name,t));return z`
      <form class="stack" novalidate @submit=${this.choose}>
        ${this.heading(`choose.title`)}
        <div class="field">
          <label for="country">${this.say(`choose.country`)}</label>
          <select
            id="country"
            autocomplete="country"
            aria-invalid=${this.wrong&&!this.country}
            aria-describedby=${this.wrong&&!this.country?`no-country`:V}
            @change=${e=>{this.country=e.target.value}}
          >
            <option value="" ?selected=${!this.country}>${this.say(`choose.country_choose`)}</option>
            ${n.map(({code:e,name:t})=>z`<option value=${e} ?selected=${e===this.country}>${t}</option>`)}
          </select>
          ${this.wrong&&!this.country?z`<p class="error" id="no-country" role="alert">${this.say(`choose.country_missing`)}</p>`:V}
        </div>
        <fieldset class="stack tight">
          <legend>${this.say(`choose.type`)}</legend>
          ${e.accepts.document_types.map(e=>this.option(e))}
          ${this.wrong&&!this.type?z`<p class="error" role="alert">${this.say(`choose.type_missing`)}</p>`:V}
        </fieldset>
        <p class="quiet small">${this.say(`choose.original`)}</p>
        ${this.troubled()}
        <div class="actions">
          <button class="first">${this.say(`common.continue`)}</button>
        </div>
      </form>
    `}option(e){let t=this.session.flow.accepts.two_sided.includes(e),n=this.say(`documents.${e}`);return z`
      <label class="choice">
        <input
          type="radio"
          name="type"
          .checked=${this.type===e}
          @change=${()=>{this.type=e}}
        />
        ${G(ti[e]??`document`)}
        <span
          >${Ze(n)}<span class="about"
            >${this.say(t?`choose.both_sides`:e===`passport`?`choose.data_page`:`choose.one_side`)}</span
          ></span
        >
      </label>
    `}};customElements.define(`bf-choose`,ni);var ri=class extends K{static{this.properties={...K.properties,answers:{state:!0},missing:{state:!0}}}constructor(){super(),this.answers={},this.missing=[]}async save(e){e.preventDefault();let t=this.session.flow.consents;this.missing=t.map(({kind:e})=>e).filter(e=>this.answers[e]===void 0);let n=this.missing[0];n?this.renderRoot.querySelector(`input[name=${n}]`)?.focus():await this.doing(async()=>{for(let{kind:e,text_version:n}of t)await this.session.api.consent(e,n,this.answers[e]===!0);this.tell(`refresh`)})}render(){let e=this.answers.face_match===!1;return z`
      <form class="stack" novalidate @submit=${this.save}>
        ${this.heading(`consents.title`)}
        <p>${this.say(`consents.lead`)}</p>
        ${this.session.flow.consents.map(e=>this.consent(e))}
        ${e?z`<p class="note warn" role="status">
              <strong>${this.say(`consents.without_title`)}</strong>
              <span>${this.say(`consents.without`,{days:this.session.flow.review_days})}</span>
            </p>`:V}
        ${this.troubled()}
        <div class="actions">
          <button class="first" aria-disabled=${this.busy}>${this.say(`common.continue`)}</button>
        </div>
      </form>
    `}consent({kind:e}){let t=this.missing.includes(e)&&this.answers[e]===void 0,n=(t,n)=>z`
      <label class="choice">
        <input
          type="radio"
          name=${e}
          .checked=${this.answers[e]===t}
          @change=${()=>{this.answers={...this.answers,[e]:t}}}
        />
        <span>${this.say(n)}</span>
      </label>
    `;return z`
      <fieldset class="stack tight consent" aria-describedby="${e}-text ${t?`${e}-wrong`:``}">
        <legend>${this.say(`consents.${e}_title`)}</legend>
        <p class="quiet" id="${e}-text">${this.say(`consents.${e}`)}</p>
        ${n(!0,`consents.agree`)} ${n(!1,`consents.${e}_decline`)}
        ${t?z`<p class="error" id="${e}-wrong" role="alert">${this.say(`consents.answer`)}</p>`:V}
      </fieldset>
    `}};customElements.define(`bf-consents`,ri);var ii=(e,t,n)=>B`
  <rect class="portrait" x=${e} y=${t} width=${n} height=${n*1.25} rx="4"/>
  <circle class="face" cx=${e+n/2} cy=${t+n*.5} r=${n*.2}/>
  <path class="face" d="M${e+n*.16} ${t+n*1.25}c0-${n*.62} ${n*.68}-${n*.62} ${n*.68} 0Z"/>
`,Q=(e,t,n,r,i)=>B`
  <text class="label" x=${e} y=${t}>${n}</text>
  <text class=${i?`value marked`:`value`} x=${e} y=${t+14}>${r}</text>
  ${i?B`<circle class="dot" cx=${e-12} cy=${t+9} r="7.500"/><text class="number" x=${e-12} y=${t+12.5}>${i}</text>`:``}
`,$=(e,t,n)=>B`<rect class="filler" x=${e} y=${t} width=${n} height="6" rx="3"/>`,ai={labels:[`姓 / Surname`,`名 / Given names`,`护照号码 / Passport No.`],values:[`ZHANG`,`XIAOMING`,`E00000000`],zone:[`P<CHNZHANG<<XIAOMING<<<<<<<<<<<`,`E000000000CHN9001014M3001019<<<`]},oi={labels:[`Surname`,`Given names`,`Passport No.`],values:[`ERIKSSON`,`ANNA MARIA`,`L898902C3`],zone:[`P<UTOERIKSSON<<ANNA<MARIA<<<<<<`,`L898902C36UTO7408122F1204159ZE1`]};function si({labels:e,values:t,zone:n}){return B`
    <rect class="paper" x="1" y="1" width="318" height="208" rx="10"/>
    ${ii(16,40,74)}
    ${$(16,18,90)} ${$(238,18,66)}
    ${e.map((e,n)=>Q(122,48+34*n,e,t[n]??``,n+1))}
    <text class="zone" x="14" y="178">${n[0]}</text>
    <text class="zone" x="14" y="196">${n[1]}</text>
  `}function ci(){return B`
    <rect class="paper" x="1" y="1" width="318" height="200" rx="12"/>
    ${ii(226,34,74)}
    ${Q(34,38,`姓名`,`张小明`,1)}
    ${$(22,70,120)} ${$(22,90,150)} ${$(22,112,170)} ${$(22,128,110)}
    ${Q(34,160,`公民身份号码`,`11010519491231002X`,2)}
  `}function li(){return B`
    <rect class="paper" x="1" y="1" width="318" height="200" rx="12"/>
    ${$(60,16,200)}
    ${Q(122,36,`证号 License No.`,`11010519491231002X`,2)}
    ${Q(34,70,`姓名 Name`,`张小明`,1)}
    ${$(150,84,40)} ${$(210,84,80)}
    ${$(22,112,190)} ${$(22,132,120)} ${$(22,152,150)} ${$(22,172,130)}
    ${ii(232,102,68)}
  `}function ui(){return B`
    <rect class="paper" x="1" y="1" width="318" height="200" rx="12"/>
    ${$(16,20,150)}
    ${ii(16,50,78)}
    ${Q(126,48,`姓名 Name`,`张小明`,1)}
    ${$(126,78,120)} ${$(126,94,90)}
    ${Q(126,118,`证件号码 Document No.`,`C00000000`,2)}
    ${$(126,160,140)} ${$(16,178,100)}
  `}function di(){return B`
    <rect class="paper" x="1" y="1" width="318" height="200" rx="12"/>
    ${ii(16,54,74)}
    ${$(16,22,130)}
    ${Q(122,58,`Surname`,`ERIKSSON`,1)}
    ${Q(122,94,`Given names`,`ANNA MARIA`,2)}
    ${Q(122,130,`Number`,`D23145890`,3)}
    ${$(122,166,120)}
  `}function fi(e,t){return e===`passport`?si(t?ai:oi):t?e===`id_card`?ci():e===`driving_licence`?li():ui():di()}function pi({document_type:e},{country:t,say:n}){let r=t===`CHN`,i=r&&e!==`passport`;return z`
    <figure class="example">
      <svg viewBox="0 0 320 ${e===`passport`?210:202}" role="img" aria-label=${n(`details.example`)}>
        ${fi(e,r)}
      </svg>
      <figcaption class="small quiet">${n(i?`details.order_chinese`:`details.order`)}</figcaption>
    </figure>
  `}var mi=[7,9,10,5,8,4,2,1,6,3,7,9,10,5,8,4,2],hi=`10X98765432`;function gi(e){return/^\d{0,17}[\dXx]?$/.test(e)?e.length>=14&&!_i(e)?`date`:e.length<18?`length`:hi[mi.reduce((t,n,r)=>t+n*Number(e[r]),0)%11]===e[17]?.toUpperCase()?null:`check`:`digits`}function _i(e){let[,t,n,r]=/^\d{6}(\d{4})(\d\d)(\d\d)/.exec(e)??[];return t&&n&&r?vi(t,n,r):null}function vi(e,t,n){if(!/^\d{4}$/.test(e)||!/^\d{1,2}$/.test(t)||!/^\d{1,2}$/.test(n))return null;let r=`${e}-${t.padStart(2,`0`)}-${n.padStart(2,`0`)}`,i=new Date(`${r}T00:00:00Z`);return!Number.isNaN(+i)&&i.toISOString().startsWith(r)?r:null}function yi(e,t){let n=Number(t.slice(0,4))-Number(e.slice(0,4));return t.slice(5)<e.slice(5)?n-1:n}var bi=350,xi=/[\u3400-\u9fff]/,Si=class{constructor(e,t){this.session=e,this.found=t,this.asked=``}typed(e,t){let n=[e,t].filter(e=>xi.test(e)).join(``).replace(/\s/g,``);n!==this.asked&&(this.asked=n,clearTimeout(this.timer),this.found([]),n&&(this.timer=setTimeout(()=>void this.ask(n),bi)))}async ask(e){let t=await this.session().api.spelling(e).catch(()=>[]);e===this.asked&&this.found(t)}};function Ci({say:e},t,n){return t.length===0?V:z`
    <div class="note" role="group" aria-labelledby="spellings">
      <span id="spellings">${e(`details.spellings`)}</span>
      <div class="actions">
        ${t.map(t=>z`
            <button type="button" @click=${()=>n(t)}>
              ${[t.surname,t.given_names].filter(Boolean).join(e(`common.comma`))}
            </button>
          `)}
      </div>
    </div>
  `}var wi=[`surname`,`given_names`],Ti={national_id_number:`document_number`},Ei={surname:`family-name`,given_names:`given-name`,full_name_native:`name`,document_number:`off`},Di=class extends K{static{this.properties={...K.properties,told:{attribute:!1},claims:{state:!0},born:{state:!0},wrong:{state:!0},spellings:{state:!0}}}constructor(){super(),this.pinyin=new Si(()=>this.session,e=>{this.spellings=e}),this.told=[],this.claims={},this.born={year:``,month:``,day:``},this.wrong={},this.spellings=[]}connectedCallback(){super.connectedCallback(),this.claims={...this.session.claims};let[e=``,t=``,n=``]=this.claims.birth_date?.split(`-`)??[];this.born={year:e,month:t,day:n};for(let e of this.told){let t=this.fieldOf(e);this.wrong[t]=()=>this.both(e.what)}}fieldOf({field:e}){let{surname:t,full_name_native:n}=this.claims;return!e||e===`full_name`?n&&!t?`full_name_native`:`surname`:Ti[e]??e}draft(){let{year:e,month:t,day:n}=this.born,r=e&&t&&n?[e,t,n].join(`-`):``;return{...this.claims,...r?{birth_date:r}:{}}}get mainlandCard(){return this.session.country===`CHN`&&this.claims.document_type===`id_card`}get mainlandLicence(){return this.session.country===`CHN`&&this.claims.document_type===`driving_licence`}get citizenNumber(){return this.mainlandCard||this.mainlandLicence&&this.claims.nationality===`CHN`}get eitherName(){let{country:e}=this.session;return(e===`CHN`||Ct.includes(e))&&this.claims.document_type!==`passport`&&!this.mainlandCard}get numberLabel(){return this.citizenNumber?this.claims.document_type===`driving_licence`?`licence_number`:`national_id_number`:`document_number`}get names(){return this.eitherName?[`full_name_native`,...wi]:this.mainlandCard?[`full_name_native`]:wi}set(e,t){this.claims={...this.claims,[e]:t};let{[e]:n,...r}=this.wrong;this.wrong=r,e===`document_number`&&this.citizenNumber&&this.fillBirth(t),this.mainlandCard||this.pinyin.typed(this.claims.surname??``,this.claims.given_names??``)}spell({surname:e,given_names:t}){this.claims={...this.claims,surname:e},t&&(this.claims={...this.claims,given_names:t}),this.wrong={},this.spellings=[]}fillBirth(e){let[t,n,r]=_i(e)?.split(`-`)??[];t&&n&&r&&(this.born={year:t,month:n,day:r})}judge(e,t){let n=(this.claims[e]??``).trim();if(e===`birth_date`)return this.judgeBirth(t);if(!n)return t?this.judgeEmpty(e):``;if(e===`surname`||e===`given_names`){if(/\d/.test(n))return this.say(`details.no_digits`);if(xi.test(n))return this.say(`details.latin`)}return e===`full_name_native`&&/[a-z\d]/i.test(n)?this.say(`details.characters`):e===`document_number`?this.judgeNumber(n,t):``}judgeEmpty(e){return e===`given_names`||e===`nationality`?``:this.eitherName&&e===`full_name_native`?this.claims.surname?.trim()||this.claims.given_names?.trim()?``:this.say(`details.no_name`):this.eitherName&&e===`surname`&&!this.claims.given_names?.trim()?``:this.say(`details.empty`)}judgeNumber(e,t){if(!this.citizenNumber)return/[^\p{L}\d /<.-]/u.test(e)?this.say(`details.number_characters`):``;let n=gi(e.replace(/\s/g,``));return!n||n===`length`&&!t?``:this.say(`details.id_${n}`)}judgeBirth(e){let{year:t,month:n,day:r}=this.born;if(!e&&!(t.length===4&&n&&r))return``;if(e&&!t&&!n&&!r)return this.say(`details.empty`);let i=vi(t,n,r),{today:a,minimum_age:o}=this.session.flow;return!i||i>a||i<`1900`?this.say(`details.no_date`):yi(i,a)<o?this.say(`details.young`,{age:o}):``}async save(e){e.preventDefault();let t=[...this.names,`document_number`,`birth_date`,`nationality`].filter(e=>this.judge(e,!0));if(this.wrong=Object.fromEntries(t.map(e=>[e,()=>this.judge(e,!0)])),t[0])return this.point(t[0]);await this.doing(async()=>{try{await this.session.api.details(this.typed())}catch(e){if(!(e instanceof U&&e.code===`detail-invalid`))throw e;let t=e.message.split(`:`)[0];return this.wrong={[t]:()=>this.say(`details.not_plausible`)},this.point(t)}this.tell(`typed`,this.typed())})}typed(){let{document_type:e,nationality:t}=this.claims,{year:n,month:r,day:i}=this.born,a={};e&&(a.document_type=e),t&&(a.nationality=t);let o=vi(n,r,i);o&&(a.birth_date=o);for(let e of[...this.names,`document_number`]){let t=(this.claims[e]??``).trim().replace(/\s+/g,` `);t&&(a[e]=this.citizenNumber&&e===`document_number`?t.toUpperCase():t)}return a}point(e){this.updateComplete.then(()=>{let t=e===`birth_date`?`year`:e;this.renderRoot.querySelector(`#${t}`)?.focus()})}render(){return z`
      <form class="stack" novalidate @submit=${this.save}>
        ${this.heading(this.told.length?`details.mend_title`:`details.title`)}
        ${this.told.length?this.reasons(this.told):z`<p>${this.say(`details.lead`)}</p>`}
        ${pi(this.claims,this.session)}
        ${this.eitherName?z`${this.nationality()}<p>${this.say(`details.either_name`)}</p>`:V}
        ${this.names.map(e=>this.text(e))}
        ${Ci(this.session,this.spellings,e=>this.spell(e))}
        ${this.text(`document_number`)} ${this.birthDate()}
        ${this.eitherName?V:this.nationality()}
        ${this.troubled()}
        <div class="actions">
          <button class="first" aria-disabled=${this.busy}>${this.say(`common.continue`)}</button>
          ${this.told.length&&Tt(this.session,`document`)?z`<button type="button" @click=${()=>this.tell(`retake`)}>
                ${this.say(`details.retake`)}
              </button>`:V}
          <button type="button" class="link" @click=${()=>this.tell(`unchoose`)}>
            ${this.say(`details.other_document`)}
          </button>
        </div>
      </form>
    `}text(e){let t=e===`document_number`?this.numberLabel:e,n=this.judge(e,!1),r=this.wrong[e]?.()||n,i=this.citizenNumber&&e===`document_number`&&!gi(this.claims.document_number??``),a=`details.${t}_${this.eitherName&&this.session.country===`CHN`&&wi.includes(e)?`latin_`:``}about`;return z`
      <div class="field">
        <label for=${e}>${this.say(`details.${t}`)}</label>
        <span class="quiet small" id="${e}-about">${this.say(a)}</span>
        <input
          id=${e}
          .value=${this.claims[e]??``}
          maxlength="120"
          autocomplete=${Ei[e]}
          spellcheck="false"
          autocapitalize=${e===`full_name_native`?`off`:`characters`}
          aria-invalid=${!!r}
          aria-describedby="${e}-about ${r?`${e}-wrong`:``}"
          @input=${t=>this.set(e,t.target.value)}
        />
        <div aria-live="polite">
          ${r?z`<p class="error" id="${e}-wrong">${r}</p>`:V}
          ${i?z`<p class="fine">${this.say(`details.id_holds`)}</p>`:V}
        </div>
      </div>
    `}birthDate(){let e=this.wrong.birth_date?.()||this.judge(`birth_date`,!1),t=this.session.language===`zh-CN`?[`year`,`month`,`day`]:[`day`,`month`,`year`];return z`
      <fieldset class="field">
        <legend>${this.say(`details.birth_date`)}</legend>
        <div class="date">${t.map(t=>z`
      <div class="field">
        <label for=${t} class="small">${this.say(`details.${t}`)}</label>
        <input
          id=${t}
          inputmode="numeric"
          autocomplete=${`bday-${t}`}
          maxlength=${t===`year`?4:2}
          .value=${this.born[t]}
          aria-invalid=${!!e}
          aria-describedby=${e?`birth-wrong`:V}
          @input=${e=>{let n=e.target.value.trim();this.born={...this.born,[t]:n};let{birth_date:r,...i}=this.wrong;this.wrong=i}}
        />
      </div>
    `)}</div>
        <div aria-live="polite">
          ${e?z`<p class="error" id="birth-wrong">${e}</p>`:V}
        </div>
      </fieldset>
    `}nationality(){if(this.mainlandCard)return V;let{claims:e,session:t}=this,n=it(t.flow).map(e=>({code:e,name:ot(e,t)})).sort((e,n)=>e.name.localeCompare(n.name,t.language));return z`
      <div class="field">
        <label for="nationality">${this.say(`details.nationality`)}</label>
        <select
          id="nationality"
          @change=${e=>{this.set(`nationality`,e.target.value)}}
        >
          ${n.map(({code:t,name:n})=>z`<option value=${t} ?selected=${t===e.nationality}>${n}</option>`)}
        </select>
      </div>
    `}};customElements.define(`bf-details`,Di);var Oi=(e=>(e[e.Border=-1]=`Border`,e[e.Data=0]=`Data`,e[e.Function=1]=`Function`,e[e.Position=2]=`Position`,e[e.Timing=3]=`Timing`,e[e.Alignment=4]=`Alignment`,e))(Oi||{}),ki=[0,1],Ai=[1,0],ji=[2,3],Mi=[3,2],Ni={L:ki,M:Ai,Q:ji,H:Mi},Pi=/^\d*$/,Fi=/^[A-Z0-9 $%*+./:-]*$/,Ii=`0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:`,Li=1,Ri=40,zi=3,Bi=3,Vi=40,Hi=10,Ui=[[-1,7,10,15,20,26,18,20,24,30,18,20,24,26,30,22,24,28,30,28,28,28,28,30,30,26,28,30,30,30,30,30,30,30,30,30,30,30,30,30,30],[-1,10,16,26,18,24,16,18,22,22,26,30,22,22,24,24,28,28,26,26,26,26,28,28,28,28,28,28,28,28,28,28,28,28,28,28,28,28,28,28,28],[-1,13,22,18,26,18,24,18,22,20,24,28,26,24,20,30,24,28,28,26,30,28,30,30,30,30,28,30,30,30,30,30,30,30,30,30,30,30,30,30,30],[-1,17,28,22,16,22,28,26,26,24,28,24,28,22,24,24,30,28,28,26,28,30,24,30,30,30,30,30,30,30,30,30,30,30,30,30,30,30,30,30,30]],Wi=[[-1,1,1,1,1,1,2,2,2,2,4,4,4,4,4,6,6,6,6,7,8,8,9,9,10,12,12,12,13,14,15,16,17,18,19,19,20,21,22,24,25],[-1,1,1,1,2,2,4,4,4,5,5,5,8,9,9,10,10,11,13,14,16,17,17,18,20,21,23,25,26,28,29,31,33,35,37,38,40,43,45,47,49],[-1,1,1,2,2,4,4,6,6,8,8,8,10,12,16,12,17,16,18,21,20,23,23,25,27,29,34,34,35,38,40,43,45,48,51,53,56,59,62,65,68],[-1,1,1,2,4,4,4,5,6,8,8,11,11,16,16,18,16,19,21,25,25,25,34,30,32,35,37,40,42,45,48,51,54,57,60,63,66,70,74,77,81]],Gi=class{constructor(e,t,n,r){if(this.version=e,this.ecc=t,e<Li||e>Ri)throw RangeError(`Version value out of range`);if(r<-1||r>7)throw RangeError(`Mask value out of range`);this.size=e*4+17;let i=Array.from({length:this.size}).fill(!1);for(let e=0;e<this.size;e++)this.modules.push(i.slice()),this.types.push(i.map(()=>0));this.drawFunctionPatterns();let a=this.addEccAndInterleave(n);if(this.drawCodewords(a),r===-1){let e=1e9;for(let t=0;t<8;t++){this.applyMask(t),this.drawFormatBits(t);let n=this.getPenaltyScore();n<e&&(r=t,e=n),this.applyMask(t)}}this.mask=r,this.applyMask(r),this.drawFormatBits(r)}size;mask;modules=[];types=[];getModule(e,t){return e>=0&&e<this.size&&t>=0&&t<this.size&&this.modules[t][e]}drawFunctionPatterns(){for(let e=0;e<this.size;e++)this.setFunctionModule(6,e,e%2==0,Oi.Timing),this.setFunctionModule(e,6,e%2==0,Oi.Timing);this.drawFinderPattern(3,3),this.drawFinderPattern(this.size-4,3),this.drawFinderPattern(3,this.size-4);let e=this.getAlignmentPatternPositions(),t=e.length;for(let n=0;n<t;n++)for(let r=0;r<t;r++)n===0&&r===0||n===0&&r===t-1||n===t-1&&r===0||this.drawAlignmentPattern(e[n],e[r]);this.drawFormatBits(0),this.drawVersion()}drawFormatBits(e){let t=this.ecc[1]<<3|e,n=t;for(let e=0;e<10;e++)n=n<<1^(n>>>9)*1335;let r=(t<<10|n)^21522;for(let e=0;e<=5;e++)this.setFunctionModule(8,e,qi(r,e));this.setFunctionModule(8,7,qi(r,6)),this.setFunctionModule(8,8,qi(r,7)),this.setFunctionModule(7,8,qi(r,8));for(let e=9;e<15;e++)this.setFunctionModule(14-e,8,qi(r,e));for(let e=0;e<8;e++)this.setFunctionModule(this.size-1-e,8,qi(r,e));for(let e=8;e<15;e++)this.setFunctionModule(8,this.size-15+e,qi(r,e));this.setFunctionModule(8,this.size-8,!0)}drawVersion(){if(this.version<7)return;let e=this.version;for(let t=0;t<12;t++)e=e<<1^(e>>>11)*7973;let t=this.version<<12|e;for(let e=0;e<18;e++){let n=qi(t,e),r=this.size-11+e%3,i=Math.floor(e/3);this.setFunctionModule(r,i,n),this.setFunctionModule(i,r,n)}}drawFinderPattern(e,t){for(let n=-4;n<=4;n++)for(let r=-4;r<=4;r++){let i=Math.max(Math.abs(r),Math.abs(n)),a=e+r,o=t+n;a>=0&&a<this.size&&o>=0&&o<this.size&&this.setFunctionModule(a,o,i!==2&&i!==4,Oi.Position)}}drawAlignmentPattern(e,t){for(let n=-2;n<=2;n++)for(let r=-2;r<=2;r++)this.setFunctionModule(e+r,t+n,Math.max(Math.abs(r),Math.abs(n))!==1,Oi.Alignment)}setFunctionModule(e,t,n,r=Oi.Function){this.modules[t][e]=n,this.types[t][e]=r}addEccAndInterleave(e){let t=this.version,n=this.ecc;if(e.length!==ca(t,n))throw RangeError(`Invalid argument`);let r=Wi[n[0]][t],i=Ui[n[0]][t],a=Math.floor(sa(t)/8),o=r-a%r,s=Math.floor(a/r),c=[],l=la(i);for(let t=0,n=0;t<r;t++){let r=e.slice(n,n+s-i+(t<o?0:1));n+=r.length;let a=ua(r,l);t<o&&r.push(0),c.push(r.concat(a))}let u=[];for(let e=0;e<c[0].length;e++)c.forEach((t,n)=>{(e!==s-i||n>=o)&&u.push(t[e])});return u}drawCodewords(e){if(e.length!==Math.floor(sa(this.version)/8))throw RangeError(`Invalid argument`);let t=0;for(let n=this.size-1;n>=1;n-=2){n===6&&(n=5);for(let r=0;r<this.size;r++)for(let i=0;i<2;i++){let a=n-i,o=n+1&2?r:this.size-1-r;!this.types[o][a]&&t<e.length*8&&(this.modules[o][a]=qi(e[t>>>3],7-(t&7)),t++)}}}applyMask(e){if(e<0||e>7)throw RangeError(`Mask value out of range`);for(let t=0;t<this.size;t++)for(let n=0;n<this.size;n++){let r;switch(e){case 0:r=(n+t)%2==0;break;case 1:r=t%2==0;break;case 2:r=n%3==0;break;case 3:r=(n+t)%3==0;break;case 4:r=(Math.floor(n/3)+Math.floor(t/2))%2==0;break;case 5:r=n*t%2+n*t%3==0;break;case 6:r=(n*t%2+n*t%3)%2==0;break;case 7:r=((n+t)%2+n*t%3)%2==0;break;default:throw Error(`Unreachable`)}!this.types[t][n]&&r&&(this.modules[t][n]=!this.modules[t][n])}}getPenaltyScore(){let e=0;for(let t=0;t<this.size;t++){let n=!1,r=0,i=[0,0,0,0,0,0,0];for(let a=0;a<this.size;a++)this.modules[t][a]===n?(r++,r===5?e+=zi:r>5&&e++):(this.finderPenaltyAddHistory(r,i),n||(e+=this.finderPenaltyCountPatterns(i)*Vi),n=this.modules[t][a],r=1);e+=this.finderPenaltyTerminateAndCount(n,r,i)*Vi}for(let t=0;t<this.size;t++){let n=!1,r=0,i=[0,0,0,0,0,0,0];for(let a=0;a<this.size;a++)this.modules[a][t]===n?(r++,r===5?e+=zi:r>5&&e++):(this.finderPenaltyAddHistory(r,i),n||(e+=this.finderPenaltyCountPatterns(i)*Vi),n=this.modules[a][t],r=1);e+=this.finderPenaltyTerminateAndCount(n,r,i)*Vi}for(let t=0;t<this.size-1;t++)for(let n=0;n<this.size-1;n++){let r=this.modules[t][n];r===this.modules[t][n+1]&&r===this.modules[t+1][n]&&r===this.modules[t+1][n+1]&&(e+=Bi)}let t=0;for(let e of this.modules)t=e.reduce((e,t)=>e+ +!!t,t);let n=this.size*this.size,r=Math.ceil(Math.abs(t*20-n*10)/n)-1;return e+=r*Hi,e}getAlignmentPatternPositions(){if(this.version===1)return[];{let e=Math.floor(this.version/7)+2,t=this.version===32?26:Math.ceil((this.version*4+4)/(e*2-2))*2,n=[6];for(let r=this.size-7;n.length<e;r-=t)n.splice(1,0,r);return n}}finderPenaltyCountPatterns(e){let t=e[1],n=t>0&&e[2]===t&&e[3]===t*3&&e[4]===t&&e[5]===t;return(n&&e[0]>=t*4&&e[6]>=t?1:0)+(n&&e[6]>=t*4&&e[0]>=t?1:0)}finderPenaltyTerminateAndCount(e,t,n){return e&&(this.finderPenaltyAddHistory(t,n),t=0),t+=this.size,this.finderPenaltyAddHistory(t,n),this.finderPenaltyCountPatterns(n)}finderPenaltyAddHistory(e,t){t[0]===0&&(e+=this.size),t.pop(),t.unshift(e)}};function Ki(e,t,n){if(t<0||t>31||e>>>t)throw RangeError(`Value out of range`);for(let r=t-1;r>=0;r--)n.push(e>>>r&1)}function qi(e,t){return!!(e>>>t&1)}var Ji=class{constructor(e,t,n){if(this.mode=e,this.numChars=t,this.bitData=n,t<0)throw RangeError(`Invalid argument`);this.bitData=n.slice()}getData(){return this.bitData.slice()}},Yi=[1,10,12,14],Xi=[2,9,11,13],Zi=[4,8,16,16];function Qi(e,t){return e[Math.floor((t+7)/17)+1]}function $i(e){let t=[];for(let n of e)Ki(n,8,t);return new Ji(Zi,e.length,t)}function ea(e){if(!ra(e))throw RangeError(`String contains non-numeric characters`);let t=[];for(let n=0;n<e.length;){let r=Math.min(e.length-n,3);Ki(Number.parseInt(e.substring(n,n+r),10),r*3+1,t),n+=r}return new Ji(Yi,e.length,t)}function ta(e){if(!ia(e))throw RangeError(`String contains unencodable characters in alphanumeric mode`);let t=[],n=0;for(;n+2<=e.length;n+=2){let r=Ii.indexOf(e.charAt(n))*45;r+=Ii.indexOf(e.charAt(n+1)),Ki(r,11,t)}return n<e.length&&Ki(Ii.indexOf(e.charAt(n)),6,t),new Ji(Xi,e.length,t)}function na(e){return e===``?[]:ra(e)?[ea(e)]:ia(e)?[ta(e)]:[$i(oa(e))]}function ra(e){return Pi.test(e)}function ia(e){return Fi.test(e)}function aa(e,t){let n=0;for(let r of e){let e=Qi(r.mode,t);if(r.numChars>=1<<e)return 1/0;n+=4+e+r.bitData.length}return n}function oa(e){e=encodeURI(e);let t=[];for(let n=0;n<e.length;n++)e.charAt(n)===`%`?(t.push(Number.parseInt(e.substring(n+1,n+3),16)),n+=2):t.push(e.charCodeAt(n));return t}function sa(e){if(e<Li||e>Ri)throw RangeError(`Version number out of range`);let t=(16*e+128)*e+64;if(e>=2){let n=Math.floor(e/7)+2;t-=(25*n-10)*n-55,e>=7&&(t-=36)}return t}function ca(e,t){return Math.floor(sa(e)/8)-Ui[t[0]][e]*Wi[t[0]][e]}function la(e){if(e<1||e>255)throw RangeError(`Degree out of range`);let t=[];for(let n=0;n<e-1;n++)t.push(0);t.push(1);let n=1;for(let r=0;r<e;r++){for(let e=0;e<t.length;e++)t[e]=da(t[e],n),e+1<t.length&&(t[e]^=t[e+1]);n=da(n,2)}return t}function ua(e,t){let n=t.map(e=>0);for(let r of e){let e=r^n.shift();n.push(0),t.forEach((t,r)=>n[r]^=da(t,e))}return n}function da(e,t){if(e>>>8||t>>>8)throw RangeError(`Byte out of range`);let n=0;for(let r=7;r>=0;r--)n=n<<1^(n>>>7)*285,n^=(t>>>r&1)*e;return n}function fa(e,t,n=1,r=40,i=-1,a=!0){if(!(Li<=n&&n<=r&&r<=Ri)||i<-1||i>7)throw RangeError(`Invalid value`);let o,s;for(o=n;;o++){let n=ca(o,t)*8,i=aa(e,o);if(i<=n){s=i;break}if(o>=r)throw RangeError(`Data too long`)}for(let e of[Ai,ji,Mi])a&&s<=ca(o,e)*8&&(t=e);let c=[];for(let t of e){Ki(t.mode[0],4,c),Ki(t.numChars,Qi(t.mode,o),c);for(let e of t.getData())c.push(e)}let l=ca(o,t)*8;Ki(0,Math.min(4,l-c.length),c),Ki(0,(8-c.length%8)%8,c);for(let e=236;c.length<l;e^=253)Ki(e,8,c);let u=Array.from({length:Math.ceil(c.length/8)},()=>0);return c.forEach((e,t)=>u[t>>>3]|=e<<7-(t&7)),new Gi(o,t,u,i)}function pa(e,t){let{ecc:n=`L`,boostEcc:r=!1,minVersion:i=1,maxVersion:a=40,maskPattern:o=-1,border:s=1}=t||{},c=typeof e==`string`?na(e):Array.isArray(e)?[$i(e)]:void 0;if(!c)throw Error(`uqr only supports encoding string and binary data, but got: ${typeof e}`);let l=fa(c,Ni[n],i,a,o,r),u=ma({version:l.version,maskPattern:l.mask,size:l.size,data:l.modules,types:l.types},s);return t?.invert&&(u.data=u.data.map(e=>e.map(e=>!e))),t?.onEncoded?.(u),u}function ma(e,t=1){if(!t)return e;let{size:n}=e,r=n+t*2;e.size=r,e.data.forEach(e=>{for(let n=0;n<t;n++)e.unshift(!1),e.push(!1)});for(let n=0;n<t;n++)e.data.unshift(Array.from({length:r},e=>!1)),e.data.push(Array.from({length:r},e=>!1));let i=Oi.Border;e.types.forEach(e=>{for(let n=0;n<t;n++)e.unshift(i),e.push(i)});for(let n=0;n<t;n++)e.types.unshift(Array.from({length:r},e=>i)),e.types.push(Array.from({length:r},e=>i));return e}var ha=class extends H{static{this.styles=[Ot,o`
      .address {
        overflow-wrap: anywhere;
        user-select: all;
      }
      button.link {
        margin-inline-start: -0.5rem;
        min-inline-size: 0;
        justify-content: start;
        text-align: start;
      }
    `]}static{this.properties={address:{attribute:!1},say:{attribute:!1},done:{state:!0}}}constructor(){super(),this.address=``,this.done=!1}async copy(){let e=navigator.clipboard.writeText(this.address).then(()=>!0,()=>!1);this.done=await e,this.done||getSelection()?.selectAllChildren(this.renderRoot.querySelector(`.address`))}render(){return z`
      <p class="small address">${this.address}</p>
      ${navigator.clipboard?z`<button type="button" class="link small" @click=${this.copy}>${this.say(`handoff.copy`)}</button>`:V}
      <span class="small" role="status">${this.done?this.say(`handoff.copied`):V}</span>
    `}};customElements.define(`bf-copied`,ha);var ga=class{constructor(){this.ending=new AbortController}start(e,t){this.stop();let{signal:n}=this.ending=new AbortController,r=async()=>{let t=await e(n);t!==null&&!n.aborted&&(this.timer=setTimeout(r,t))};this.timer=setTimeout(r,t)}stop(){clearTimeout(this.timer),this.ending.abort()}},_a=1500,va=o`
  .code {
    justify-self: center;
    width: min(100%, 15rem);
    padding: 0.9rem;
    border-radius: var(--radius);
    background: #fff;
    border: 1px solid var(--line);
  }
  .code svg {
    display: block;
    width: 100%;
    fill: #000;
  }
  .number {
    font-size: 2.6rem;
    font-weight: 750;
    letter-spacing: 0.12em;
    text-align: center;
  }
`,ya=class extends K{static{this.styles=[Ot,va]}static{this.properties={...K.properties,following:{attribute:!1},state:{state:!0},drawn:{state:!0}}}constructor(){super(),this.number=0,this.refusedHere=!1,this.rounds=new ga,this.following=!1,this.state=`none`,this.drawn=null}connectedCallback(){super.connectedCallback(),this.following?(this.state=`confirmed`,this.watch()):this.issue()}disconnectedCallback(){super.disconnectedCallback(),this.rounds.stop()}async issue(){await this.doing(async()=>{let e=await this.session.api.handoff();if(!this.isConnected)return;let t=`${this.session.server}/flow/#handoff=${e.code}`,{data:n,size:r}=pa(t,{border:2}),i=n.flatMap((e,t)=>e.flatMap((e,n)=>e?`M${n} ${t}h1v1h-1z`:[]));this.drawn={link:t,path:i.join(``),size:r},this.number=e.number,this.refusedHere=!1,this.state=`issued`,this.watch()})}here(){this.rounds.stop(),this.tell(`here`)}get over(){return[`refused`,`disowned`,`expired`].includes(this.state)}watch(){this.rounds.start(e=>this.look(e),_a)}async look(e){try{let{state:t,number:n}=await this.session.api.handoffState();if(e.aborted)return null;this.state=t===`refused`&&!this.refusedHere?`disowned`:t,this.number=n,t===`confirmed`&&this.tell(`following`)}catch(t){if(e.aborted)return null;if(t instanceof U&&At(t))return this.tell(`ended`),null}return this.over?null:_a}async answer(e){await this.doing(async()=>{await(e?this.session.api.confirm():this.session.api.refuse()),this.isConnected&&(this.refusedHere=!e,this.state=e?`confirmed`:`refused`,this.watch())})}updated(e){e.get(`state`)!==void 0&&e.get(`state`)!==this.state&&this.renderRoot.querySelector(`h1`)?.focus()}render(){return z`
      <div class="stack">
        ${this.inside()} ${this.troubled()}
        <div class="actions">
          ${this.over?z`<button class="first" @click=${this.issue}>${this.say(`handoff.new`)}</button>`:V}
          ${this.state===`confirmed`?z`<button @click=${this.issue}>${this.say(`handoff.another`)}</button>`:V}
          <button @click=${this.here}>${this.say(`handoff.here`)}</button>
        </div>
      </div>
    `}inside(){switch(this.state){case`swapped`:return z`
          ${this.heading(`handoff.compare_title`)}
          <p>${this.say(`handoff.compare`)}</p>
          <p class="number"><span class="hidden">${this.say(`handoff.number`)}</span> ${this.number}</p>
          <div class="actions">
            <button class="first" @click=${()=>this.answer(!0)}>${this.say(`handoff.same`)}</button>
            <button @click=${()=>this.answer(!1)}>${this.say(`handoff.other`)}</button>
          </div>
        `;case`confirmed`:return z`
          <div class="spinner" aria-hidden="true"></div>
          ${this.heading(`handoff.follow_title`)}
          <p>${this.say(`handoff.follow`)}</p>
          <p role="status">${this.followed()}</p>
        `;case`refused`:case`disowned`:case`expired`:return z`${this.heading(`handoff.${this.state}_title`)}
          <p>${this.say(`handoff.${this.state}`)}</p>`;default:return z`
          ${this.heading(`handoff.title`)}
          <p>${this.say(`handoff.lead`)}</p>
          ${this.drawn?this.code(this.drawn):V}
        `}}followed(){let e=this.session.case.steps.filter(({state:e})=>e.state!==`by_person`),t=e.filter(({state:e})=>e.state===`done`).length;return this.say(`common.steps`,{done:t,all:e.length})}code({link:e,path:t,size:n}){return z`
      <div class="code">
        <svg viewBox="0 0 ${n} ${n}" role="img" aria-label=${this.say(`handoff.code`)}>
          ${B`<path d=${t}/>`}
        </svg>
      </div>
      <p class="small">${this.say(`handoff.or`)}</p>
      <bf-copied .address=${e} .say=${this.session.say}></bf-copied>
    `}};customElements.define(`bf-handoff`,ya);var ba=class extends K{render(){let{decision:e,steps:t}=this.session.case,n=t.filter(({state:e})=>[`again`,`todo`].includes(e.state)).map(({need:e})=>this.say(`needs.${e}`));return z`
      <div class="stack">
        ${this.heading(`mend.title`)}
        <p>${this.say(`mend.lead`,{what:n.join(this.say(`common.comma`))})}</p>
        ${this.reasons(e?.reasons??[])}
        <div class="actions">
          <button class="first" @click=${()=>this.tell(`read`)}>${this.say(`mend.go`)}</button>
        </div>
        ${this.support()}
      </div>
    `}};customElements.define(`bf-mend`,ba);var xa=(e,[t,n])=>B`<polygon class="outline" points=${e.map(([e,r])=>`${e*t},${r*n}`).join(` `)}/>`;function Sa(e,[t,n]){return e===`held`?Ca(n>t):z`<span class="guide ${e===`selfie`?`oval`:`card`}" aria-hidden="true"></span>`}var Ca=e=>z`
  <svg class="guide beside" viewBox=${e?`0 0 75 100`:`0 0 100 75`} aria-hidden="true">
    ${e?B`<ellipse cx="31" cy="36" rx="18" ry="25" /><rect x="42" y="64" width="29" height="19" rx="2" />`:B`<ellipse cx="36" cy="33" rx="18" ry="24" /><rect x="58" y="34" width="33" height="22" rx="2" />`}
  </svg>
`,wa=o`
  .shown {
    position: relative;
    display: grid;
    border-radius: var(--radius);
    overflow: hidden;
    background: var(--well);
  }
  .shown > * {
    grid-area: 1 / 1;
    width: 100%;
    height: auto;
    max-height: 60vh;
    object-fit: contain;
  }
  .shown svg {
    height: 100%;
  }
  .fault,
  .halo {
    fill: none;
    stroke: #fff;
    stroke-width: 7px;
    vector-effect: non-scaling-stroke;
    stroke-linejoin: round;
  }
  .fault {
    fill: rgb(226 40 55 / 16%);
    stroke: #c8102e;
    stroke-width: 3.5px;
  }
`,Ta=e=>B`
  <polygon class="halo" points=${e.map(e=>e.join(`,`)).join(` `)}/>
  <polygon class="fault" points=${e.map(e=>e.join(`,`)).join(` `)}/>
`;async function Ea(e,t){let n=new Image;n.src=e,await n.decode().catch(()=>void 0);let[r,i]=[n.naturalWidth||4,n.naturalHeight||3];return{url:e,width:r,height:i,faults:t}}var Da=({url:e,width:t,height:n,faults:r},i)=>z`
  <div class="shown">
    <img src=${e} alt=${i(`picture.yours`)} />
    <svg viewBox="0 0 ${t} ${n}" aria-hidden="true">
      ${r.flatMap(({region:e})=>e&&e.length>2?[Ta(e)]:[])}
    </svg>
  </div>
`,Oa=2,ka=20971520,Aa=({kind:e})=>[`mend`,`closer`,`back`,`centre`].includes(e),ja=o`
  .tips li {
    display: flex;
    gap: 0.6rem;
  }
  .tips .icon {
    color: var(--good);
    width: 1.3rem;
    height: 1.5rem;
  }
  .file:focus-within {
    outline: 3px solid var(--ink);
    outline-offset: 2px;
  }
`,Ma=class extends K{static{this.styles=[Ot,Kr,wa,ja]}static{this.properties={...K.properties,place:{attribute:!1},told:{attribute:!1},stage:{state:!0},noCamera:{state:!0},seen:{state:!0},shape:{state:!0},poor:{state:!0}}}constructor(){super(),this.stream=null,this.preview=null,this.sending=new AbortController,this.steady=0,this.wanted=0,this.openedFrom={name:`intro`},this.told=[],this.stage={name:`intro`},this.noCamera=Ht()?``:`none`,this.seen={advice:{kind:`looking`},outline:null},this.shape=[4,3],this.poor=!1}disconnectedCallback(){super.disconnectedCallback(),this.stop(),this.sending.abort(),this.release()}get ofDocument(){return this.place===`front`||this.place===`back`}get mirrored(){return!this.ofDocument}get betterOnAPhone(){return(this.noCamera===`none`||this.noCamera!==``&&qt())&&!this.session.arrived}key(e){return`picture.${this.place}_${e}`}release(){for(let e of[this.stage,this.openedFrom])`url`in e&&URL.revokeObjectURL(e.url);this.openedFrom={name:`intro`}}stop(){this.wanted+=1,this.preview?.end(),this.preview=null,Jt(this.stream),this.stream=null}turnOff(){let e=this.stage.name===`camera`;return this.stop(),e&&(this.stage=this.openedFrom),e}async start(){await this.doing(async()=>{let{wanted:e}=this;try{let t=await Wt(this.mirrored?`user`:`environment`);if(e!==this.wanted)return Jt(t);this.stream=t}catch(e){if(!(e instanceof Vt))throw e;this.noCamera=e.trouble;return}this.noCamera=``,this.steady=0,this.seen={advice:{kind:`looking`},outline:null},this.openedFrom=this.stage,this.stage={name:`camera`},await this.updateComplete;let t=this.renderRoot.querySelector(`video`);if(!t)return this.stop();if(t.srcObject=this.stream,await t.play().catch(()=>void 0),e!==this.wanted)return;this.shape=[t.videoWidth||4,t.videoHeight||3],this.poor=this.ofDocument&&Kt(t);let{api:n}=this.session,r={see:e=>this.look(e),ended:()=>this.tell(`ended`)};this.preview=new Ln(n,t,this.place,r),this.preview.run()})}look(e){if(this.stage.name!==`camera`)return;Aa(e.advice)&&!Aa(this.seen.advice)&&navigator.vibrate?.(20),this.seen=e;let t=e.advice.kind===`ready`&&this.place!==`held`;this.steady=t?this.steady+1:0,this.steady>=Oa&&this.shoot()}async shoot(){let e=this.renderRoot.querySelector(`video`);if(this.busy||this.stage.name!==`camera`||!e?.videoWidth)return;this.busy=!0,this.preview?.end(),navigator.vibrate?.(40);let{wanted:t}=this,n=await Zt(e).catch(()=>null);if(t!==this.wanted)this.busy=!1;else{if(n)return this.send(n);this.stop(),this.busy=!1,this.noCamera=`busy`,this.stage={name:`intro`}}}async pick(e){let t=e.target,n=t.files?.[0];t.value=``,n&&(n.size>ka?this.trouble=`trouble.large`:await this.send(n))}async send(e){this.stop(),this.release();let t=URL.createObjectURL(e);this.stage={name:`sending`,url:t,share:0,broken:!1};let n=e=>{this.stage.name===`sending`&&(this.stage={...this.stage,...e})},r={progress:e=>n({share:e}),broken:e=>n({broken:e})};this.sending=new AbortController,this.busy=!0,this.trouble=``;try{let n=await this.upload(this.place,e,r,this.sending.signal);await this.took(n,t)}catch(e){if(this.sending.signal.aborted)return;this.release(),this.stage={name:`intro`},this.failed(e)}finally{this.busy=!1}}async took({faults:e},t){e.length===0?(navigator.vibrate?.([30,40,30]),this.tell(`taken`,this.place)):this.stage={name:`faulty`,...await Ea(t,e)}}updated(e){let t=e.get(`stage`);t&&t.name!==this.stage.name&&this.readOn(),this.renderRoot.querySelector(`.finder`)?.style.setProperty(`--ratio`,String(this.shape[0]/this.shape[1]))}render(){switch(this.stage.name){case`camera`:return this.camera();case`sending`:return this.onItsWay(this.stage);case`faulty`:return this.faulty(this.stage);default:return this.intro()}}intro(){let e=this.ofDocument?[`picture.tip_flat`,`picture.tip_corners`,`picture.tip_light`,`picture.tip_cover`]:this.place===`held`?[`picture.tip_beside`,`picture.tip_hand`,`picture.tip_light`,`picture.tip_face`]:[`picture.tip_eye_level`,`picture.tip_window`,`picture.tip_face`];return z`
      <div class="stack">
        ${this.heading(this.key(`title`))}
        ${this.told.length?this.reasons(this.told):z`<p>${this.say(this.key(`lead`))}</p>`}
        ${this.brokenOff(this.place)}
        <ul class="stack tight tips">
          ${e.map(e=>z`<li>${G(`check`)}<span>${this.say(e)}</span></li>`)}
        </ul>
        ${Bt(this.noCamera,`picture`,this.session.say)} ${this.troubled()}
        <div class="actions">
          ${this.betterOnAPhone?this.onAPhone():V}
          ${this.noCamera===`none`?V:z`<button class=${this.betterOnAPhone?``:`first`} aria-disabled=${this.busy} @click=${this.start}>
                ${G(`camera`)}${this.say(this.noCamera?`camera.again`:`picture.open_camera`)}
              </button>`}
          ${this.fileButton(this.noCamera===`none`&&this.session.arrived)}
          ${this.ofDocument?this.otherDocument():V}
        </div>
      </div>
    `}otherDocument(){return z`
      <button class="link" @click=${()=>this.tell(`unchoose`)}>
        ${this.say(`details.other_document`)}
      </button>
    `}fileButton(e=!1){return z`
      <label class="button ${e?`first`:``} file">
        <input
          type="file"
          class="hidden"
          accept="image/jpeg,image/png,image/webp"
          @change=${this.pick}
        />
        ${this.say(`picture.file`)}
      </label>
    `}camera(){let[e,t]=zt(this.seen.advice,this.place,this.session),[n,r]=this.shape,i=this.ofDocument?this.seen.outline:null;return z`
      <div class="stack">
        ${this.heading(this.key(`title`))}
        <div class="finder ${e} ${this.mirrored?`mirrored`:``} ${i?`seen`:``}">
          <video muted playsinline aria-label=${this.say(`picture.finder`)}></video>
          <svg viewBox="0 0 ${n} ${r}" aria-hidden="true">
            ${i?xa(i,this.shape):V}
          </svg>
          ${Sa(this.place,this.shape)}
        </div>
        <p class="hint ${e}" aria-live="polite" aria-atomic="true">${t}</p>
        ${this.poor&&!this.session.arrived?z`<p class="note warn" role="status"><span>${this.say(`camera.poor`)}</span></p>
              <div class="actions">${this.onAPhone()}</div>`:V}
        <div class="actions shutter-row">
          <button class="shutter" @click=${this.shoot} aria-label=${this.say(`picture.shutter`)}>
            <span></span>
          </button>
          ${this.fileButton()}
        </div>
      </div>
    `}onItsWay({url:e,share:t,broken:n}){return z`
      <div class="stack">
        ${this.heading(this.key(`title`))}
        <div class="shown"><img src=${e} alt=${this.say(`picture.yours`)} /></div>
        ${zn(t,n,this.session.say)}
      </div>
    `}faulty(e){let t=this.noCamera===`none`;return z`
      <div class="stack">
        ${this.heading(`picture.faulty_title`)} ${Da(e,this.session.say)}
        ${this.reasons(e.faults)} ${Bt(this.noCamera,`picture`,this.session.say)}
        ${this.troubled()}
        <div class="actions">
          ${this.betterOnAPhone?this.onAPhone():V}
          ${t?V:z`<button class=${this.betterOnAPhone?``:`first`} aria-disabled=${this.busy} @click=${this.start}>
                ${G(`camera`)}${this.say(this.noCamera?`camera.again`:`picture.again`)}
              </button>`}
          ${this.fileButton(t&&this.session.arrived)}
          ${this.ofDocument?this.otherDocument():V}
          <button class="link" @click=${()=>this.tell(`taken`,this.place)}>
            ${this.say(`picture.use_anyway`)}
          </button>
        </div>
      </div>
    `}};customElements.define(`bf-picture`,Ma);var Na=class extends K{static{this.properties={...K.properties,empty:{state:!0}}}constructor(){super(),this.empty=!1}async appeal(e){e.preventDefault();let t=String(new FormData(e.target).get(`said`)??``).trim();this.empty=!t,this.empty?this.renderRoot.querySelector(`#said`)?.focus():await this.doing(async()=>{await this.session.api.appeal(t),this.tell(`refresh`)})}render(){let{state:e}=this.session.case;if(e===`approved`)return this.approved();if(e===`declined`)return this.declined();let t=e===`expired`?`result.expired`:`result.cancelled`;return z`<div class="stack">
      <div class="badge">${G(`clock`)}</div>
      ${this.heading(`${t}_title`)}
      <p>${this.say(t)}</p>
      ${this.support()}
    </div>`}approved(){let{flow:e}=this.session,t=e.tiers.find(({name:t})=>t===e.tier),n=e.tiers[e.tiers.findIndex(({name:t})=>t===e.tier)+1];return z`
      <div class="stack">
        <div class="badge good">${G(`check`)}</div>
        ${this.heading(`result.approved_title`)}
        <p>${this.say(`result.approved`,{tier:e.tier})}</p>
        <ul class="stack tight">
          ${t?Pt(t,this.session).map(e=>z`<li class="fine">${e}</li>`):V}
        </ul>
        ${n?z`<details>
              <summary>${this.say(`result.next`,{tier:n.name})}</summary>
              <ul class="stack tight">
                ${Pt(n,this.session).map(e=>z`<li>${e}</li>`)}
              </ul>
            </details>`:V}
        <p class="quiet">${this.say(`result.close`)}</p>
        ${this.support()}
      </div>
    `}declined(){let e=this.session.case;return z`
      <div class="stack">
        <div class="badge bad">${G(`cross`)}</div>
        ${this.heading(`result.declined_title`)}
        <p>${this.say(`result.declined`)}</p>
        ${this.reasons(e.decision?.reasons??[],`bad`)}
        ${e.appealable_until?this.objection(e.appealable_until):V}
        ${this.support()}
      </div>
    `}objection(e){let{language:t,flow:n}=this.session,r=new Intl.DateTimeFormat(Qe(t),{dateStyle:`long`}).format(new Date(e));return z`
      <form class="stack" novalidate @submit=${this.appeal}>
        <h2>${this.say(`result.appeal_title`)}</h2>
        <p id="about">${this.say(`result.appeal`,{date:r,days:n.appeal_review_days})}</p>
        <div class="field">
          <label for="said">${this.say(`result.appeal_label`)}</label>
          <textarea
            id="said"
            name="said"
            rows="4"
            maxlength="4000"
            aria-describedby="about ${this.empty?`said-wrong`:``}"
            aria-invalid=${this.empty}
          ></textarea>
          ${this.empty?z`<p class="error" id="said-wrong" role="alert">${this.say(`details.empty`)}</p>`:V}
        </div>
        ${this.troubled()}
        <div class="actions">
          <button aria-disabled=${this.busy}>${this.say(`result.appeal_send`)}</button>
        </div>
      </form>
    `}};customElements.define(`bf-result`,Na);var Pa=class extends K{async submit(){await this.doing(async()=>{await this.session.api.submit(),this.tell(`refresh`)})}render(){let{steps:e}=this.session.case,t=e.filter(e=>e.state.state!==`by_person`),n=e.filter(e=>e.state.state===`by_person`),r=e=>this.say(`needs.${e}`);return z`
      <div class="stack">
        ${this.heading(`send.title`)}
        <ul class="stack tight">
          ${t.map(({need:e})=>z`<li class="need">${G(`check`)}<span>${Ze(r(e))}</span></li>`)}
        </ul>
        ${n.length?z`<div class="note">
              <strong>${this.say(`send.by_person`)}</strong>
              <span>${n.map(({need:e})=>r(e)).join(this.say(`common.comma`))}</span>
            </div>`:V}
        <p class="quiet">${this.say(`send.lead`)}</p>
        ${this.troubled()}
        <div class="actions">
          <button class="first" aria-disabled=${this.busy} @click=${this.submit}>
            ${this.say(`send.send`)}
          </button>
        </div>
      </div>
    `}};customElements.define(`bf-send`,Pa);var Fa=1500,Ia=5e3,La=3e4,Ra=class extends K{static{this.properties={...K.properties,offline:{state:!0}}}constructor(){super(),this.rounds=new ga,this.began=Date.now(),this.offline=!1}connectedCallback(){super.connectedCallback(),this.began=Date.now(),this.rounds.start(e=>this.look(e),this.wait())}disconnectedCallback(){super.disconnectedCallback(),this.rounds.stop()}wait(){let e=Date.now()-this.began<6e4;return this.session.case.state===`in_review`?La:e?Fa:Ia}async look(e){let t=this.session.case.state;try{let n=await this.session.api.case();if(e.aborted)return null;this.offline=!1,n.state===t?this.session.case=n:this.tell(`refresh`),this.requestUpdate()}catch(t){if(e.aborted)return null;if(t instanceof U&&At(t))return this.tell(`ended`),null;this.offline=t instanceof W}return this.wait()}estimate(){let e=this.session.case.estimate?.left_seconds;return e?e<=1?this.say(`waiting.longer`):e<90?this.say(`waiting.seconds`,{seconds:e}):this.say(`waiting.minutes`,{minutes:Math.ceil(e/60)}):this.say(`waiting.unknown`)}render(){return z`
      <div class="stack">
        ${this.session.case.state===`in_review`?this.person():this.engine()}
        <div aria-live="polite">
          ${this.offline?z`<p class="note warn">${this.say(`waiting.offline`)}</p>`:``}
        </div>
      </div>
    `}engine(){return z`
      <div class="spinner" aria-hidden="true"></div>
      ${this.heading(`waiting.title`)}
      <p role="status">${this.estimate()}</p>
      <p class="quiet">${this.say(`waiting.stay`)}</p>
      ${this.support()}
    `}person(){let{case:e,language:t}=this.session,n=e.due_at&&new Date(e.due_at),r=n?new Intl.DateTimeFormat(Qe(t),{dateStyle:`long`}).format(n):``;return z`
      <div class="badge">${G(`clock`)}</div>
      ${this.heading(e.appealed_at?`waiting.appeal_title`:`waiting.person_title`)}
      <p>${r?this.say(`waiting.person_due`,{date:r}):this.say(`waiting.person`)}</p>
      <p class="quiet">${this.say(`waiting.close`)}</p>
      ${this.support()}
    `}};customElements.define(`bf-waiting`,Ra);function za(e,t,n){switch(e.name){case`before`:return z`<bf-before .session=${t} @declared=${n.declared} @ended=${n.ended}></bf-before>`;case`handoff`:return z`<bf-handoff
        .session=${t}
        .following=${e.following}
        @following=${n.following}
        @ended=${n.ended}
        @here=${n.here}
      ></bf-handoff>`;case`consents`:return z`<bf-consents .session=${t} @refresh=${n.refresh} @ended=${n.ended}></bf-consents>`;case`choose`:return z`<bf-choose
        .session=${t}
        @chosen=${e=>n.chosen(e.detail)}
      ></bf-choose>`;case`details`:return z`<bf-details
        .session=${t}
        .told=${e.reasons}
        @refresh=${n.refresh}
        @ended=${n.ended}
        @typed=${e=>n.typed(e.detail)}
        @retake=${n.retake}
        @unchoose=${n.unchoose}
      ></bf-details>`;case`picture`:return z`<bf-picture
        .session=${t}
        .place=${e.place}
        .told=${e.reasons}
        @taken=${n.taken}
        @refresh=${n.refresh}
        @ended=${n.ended}
        @unchoose=${n.unchoose}
        @elsewhere=${n.elsewhere}
      ></bf-picture>`;case`address`:return z`<bf-address
        .session=${t}
        .told=${e.reasons}
        @taken=${n.taken}
        @refresh=${n.refresh}
        @ended=${n.ended}
      ></bf-address>`;case`capture`:return z`<bf-capture
        .session=${t}
        .told=${e.reasons}
        @taken=${n.taken}
        @refresh=${n.refresh}
        @ended=${n.ended}
        @elsewhere=${n.elsewhere}
      ></bf-capture>`;case`send`:return z`<bf-send .session=${t} @refresh=${n.refresh} @ended=${n.ended}></bf-send>`;case`waiting`:return z`<bf-waiting .session=${t} @refresh=${n.refresh} @ended=${n.ended}></bf-waiting>`;case`mend`:return z`<bf-mend .session=${t} @read=${n.read} @ended=${n.ended}></bf-mend>`;case`result`:return z`<bf-result .session=${t} @refresh=${n.refresh} @ended=${n.ended}></bf-result>`}}var Ba=1500,Va=class extends H{static{this.styles=[Ot,o`
      .number {
        font-size: 2.6rem;
        font-weight: 750;
        letter-spacing: 0.12em;
        text-align: center;
      }
    `]}static{this.properties={code:{attribute:!1},server:{attribute:!1},say:{attribute:!1},swapped:{state:!0},state:{state:!0}}}constructor(){super(),this.rounds=new ga,this.swapped=null,this.state=`asking`}connectedCallback(){super.connectedCallback(),this.rounds.start(e=>this.take(e),0)}disconnectedCallback(){super.disconnectedCallback(),this.rounds.stop()}async take(e){try{this.swapped=await Re(this.server,this.code)}catch(t){if(t instanceof W)return Ba;e.aborted||(this.state=`over`)}return null}started({token:e}){this.state=`waiting`,this.rounds.start(t=>this.look(e,t),0)}async look(e,t){try{await new Le(e,this.server).case(),t.aborted||this.dispatchEvent(new CustomEvent(`arrived`,{detail:e}))}catch(e){let n=e instanceof W,r=e instanceof U&&e.code===`handoff-unconfirmed`;if(n||r)return Ba;t.aborted||(this.state=`over`)}return null}disown({token:e}){this.state=`refusing`,this.rounds.start(t=>this.refuse(e,t),0)}async refuse(e,t){try{await new Le(e,this.server).disown()}catch(e){if(!(e instanceof U&&(At(e)||e.code===`handoff-not-waiting`)))return Ba}return t.aborted||(this.state=`refused`),null}updated(e){e.get(`state`)!==void 0&&this.renderRoot.querySelector(`h1`)?.focus()}whose({operator:e,account:t}){let{host:n}=new URL(this.server);return e?this.say(`handoff.started`,{operator:e,account:t}):this.say(`handoff.started_at`,{host:n,account:t})}render(){let{say:e,swapped:t}=this;if(this.state===`over`)return z`<div class="stack">
        <h1 tabindex="-1">${e(`handoff.expired_title`)}</h1>
        <p>${e(`handoff.expired_phone`)}</p>
      </div>`;if(this.state===`refused`)return z`<div class="stack">
        <h1 tabindex="-1">${e(`handoff.not_me_title`)}</h1>
        <p>${e(`handoff.not_me`)}</p>
      </div>`;if(!t||this.state===`refusing`)return z`<p role="status">${e(`common.loading`)}</p>`;let{number:n}=t,r=this.state===`waiting`;return z`
      <div class="stack">
        ${r?z`<h1 tabindex="-1">${e(`handoff.confirm_title`)}</h1>
              <p role="status">${e(`handoff.confirm_there`)}</p>`:z`<h1 tabindex="-1">${e(`handoff.started_title`)}</h1>
              <p>${this.whose(t)}</p>`}
        <p class="number"><span class="hidden">${e(`handoff.number`)}</span> ${n}</p>
        ${r?V:z`<p>${e(`handoff.same_number`)}</p>
              <div class="actions">
                <button class="first" @click=${()=>this.started(t)}>${e(`handoff.yes`)}</button>
                <button @click=${()=>this.disown(t)}>${e(`handoff.no`)}</button>
              </div>`}
      </div>
    `}};customElements.define(`bf-arrival`,Va);var Ha=e=>z`
  <div class="page">
    <main class="card">
      <div class="stack">
        <h1 tabindex="-1">
          <span lang="en">No connection</span> · <span lang="zh-CN">网络未连接</span>
        </h1>
        <p lang="en">This page could not be loaded. Check your network, then try again.</p>
        <p lang="zh-CN">页面未能加载。请检查网络后重试。</p>
        <div class="actions">
          <button type="button" class="first" @click=${e}>
            <span><span lang="en">Try again</span> · <span lang="zh-CN">重试</span></span>
          </button>
        </div>
      </div>
    </main>
  </div>
`,Ua={declared:null,read:0,chosen:!1,other:!1,retake:!1,taken:0,elsewhere:!1,following:!1},Wa=class extends H{static{this.styles=[Ue,Ot,He]}static{this.properties={token:{type:String},chosen:{type:String,attribute:`language`},server:{type:String},handoff:{type:String},arrived:{type:Boolean},state:{state:!0},session:{state:!0},say:{state:!0},leaving:{state:!0},untranslated:{state:!0}}}constructor(){super(),this.local={...Ua},this.language=Ye(),this.shown=``,this.begun=!1,this.failure=`trouble.offline`,this.handlers={refresh:()=>void this.refresh(),taken:()=>void this.refresh({retake:!1,taken:this.local.taken+1}),ended:()=>{this.state=`ended`},declared:()=>this.mark({declared:!0}),chosen:({claims:e,country:t})=>this.choose(e,t),unchoose:()=>this.mark({chosen:!1,other:!0}),retake:()=>this.mark({retake:!0}),typed:e=>this.typed(e),read:()=>void this.read(),here:()=>this.back(),elsewhere:()=>this.mark({elsewhere:!0}),following:()=>this.follow()},this.ways={stay:()=>{this.leaving=!1,this.dispatchEvent(new CustomEvent(`bonafide-stay`,{bubbles:!0}))},forget:()=>this.forget(),cancel:()=>void this.cancel(),closed:()=>{this.leaving=!1}},this.token=``,this.chosen=null,this.handoff=``,this.arrived=!1,this.server=new URL(import.meta.url).origin,this.state=`loading`,this.session=null,this.say=null,this.leaving=!1,this.untranslated=!1}connectedCallback(){super.connectedCallback(),this.chosen&&!Xe.some(([e])=>e===this.chosen)&&(this.chosen=null),this.language=this.chosen??this.language,this.begin()}willUpdate(e){this.hasUpdated&&e.has(`token`)&&this.token&&(this.session=null,this.local={...Ua},this.begin())}async begin(){this.state=`loading`;let{token:e}=this;try{if(this.say??=await qe(this.language),!e){if(this.token)return;this.state=this.handoff?`arriving`:`unlinked`;return}let t=new Le(e,this.server),[n,r]=await Promise.all([t.case(),t.flow()]),i=this.chosen??n.language??this.language,a=await qe(i);if(e!==this.token)return;[this.language,this.say]=[i,a];let o=this.session?.claims??{},s=this.session?.country??``,{server:c,arrived:l}=this;this.session={api:t,server:c,flow:r,case:n,language:i,say:a,claims:o,country:s,arrived:l},this.paint(),this.state=`open`}catch(t){e===this.token&&this.failed(t)}}failed(e){let t=e instanceof U&&At(e);this.failure=Dt(e),this.state=t?`ended`:`offline`}paint(){let e=this.session?.flow.colour;e&&(this.style.setProperty(`--accent`,e),this.style.setProperty(`--on-accent`,We(e)))}async refresh(e={}){if(!this.session)return;let{api:t}=this.session;try{let n=await t.case();if(t!==this.session?.api)return;this.local={...this.local,...e},this.come(n)}catch(e){t===this.session?.api&&this.failed(e)}}come(e){this.session&&=(this.untranslated=!1,this.session.case.state!==e.state&&this.dispatchEvent(new CustomEvent(`bonafide-state`,{detail:e.state,bubbles:!0})),{...this.session,case:e})}async speak(e){let t=await qe(e).catch(()=>null);this.untranslated=!t,t&&(this.chosen=this.language=e,this.say=t,this.dispatchEvent(new CustomEvent(`bonafide-language`,{detail:e,bubbles:!0})),this.session&&={...this.session,language:e,say:t})}unchoose(){let e=this.renderRoot.querySelector(`bf-details`)?.draft();this.session&&e&&(this.session={...this.session,claims:e}),this.mark({chosen:!1})}typed(e){this.local.other=this.local.retake=!1,this.session&&={...this.session,claims:e},this.refresh()}async read(){if(!this.session)return;let{api:e,case:t,claims:n}=this.session,r=t.steps.some(({need:e,state:t})=>e===`details`&&t.state===`again`);try{if(r&&!n.document_type){let t=xt(await e.typed());this.session={...this.session,claims:t,country:St(t)}}}catch(e){return this.failed(e)}this.mark({read:t.attempts,retake:!1,chosen:!!this.session.country})}choose(e,t){this.local.chosen=!0,this.session&&={...this.session,claims:e,country:t}}follow(){this.local.elsewhere&&(this.local.following=!0,this.refresh())}back(){this.local.elsewhere=this.local.following=!1,this.refresh()}mark(e){this.local={...this.local,...e},this.requestUpdate()}previous(){if(this.state!==`open`||!this.session||this.leaving||this.session.case.state!==`collecting`)return!1;let{name:e}=_t(this.session,this.local);return this.screen()?.turnOff?.()||(e===`handoff`?this.back():e===`picture`&&this.local.retake?this.mark({retake:!1}):e===`details`?this.unchoose():e===`choose`&&this.local.other?this.mark({other:!1}):e===`consents`&&this.local.declared?this.mark({declared:!1}):this.leave()),!0}screen(){return this.renderRoot.querySelector(`.screen > *`)}leave(){this.screen()?.turnOff?.(),this.leaving=!0}goOn(e){this.handoff=``,this.arrived=!0,this.token=e,this.dispatchEvent(new CustomEvent(`bonafide-token`,{detail:e,bubbles:!0}))}async cancel(){this.leaving=!1;try{await this.session?.api.cancel(),await this.refresh()}catch(e){this.failed(e)}}forget(){this.leaving=!1,mt(),this.session=null,this.token=``,this.local={...Ua},this.dispatchEvent(new CustomEvent(`bonafide-forget`,{bubbles:!0})),this.state=`left`}updated(e){let t=this.where();if(t!==this.shown&&this.arrive(t),e.has(`leaving`)){let e=this.renderRoot.querySelector(`dialog`);this.leaving?e?.showModal():e?.close()}if(this.say&&(e.has(`say`)||e.has(`session`))){let e=this.say(`common.title`,{operator:this.session?.flow.operator??``}),t={language:this.language,title:e};this.dispatchEvent(new CustomEvent(`bonafide-words`,{detail:t,bubbles:!0}))}}where(){if(this.state!==`open`||!this.session)return this.state;let e=_t(this.session,this.local);return e.name===`waiting`?`waiting ${this.session.case.state}`:vt(e,this.local)}async arrive(e){let t=!this.begun;this.begun||=e!==`loading`,this.shown=e;let n=this.renderRoot.querySelector(`.screen > *`);await n?.updateComplete,t||((n?.renderRoot??this.renderRoot).querySelector(`h1`)?.focus({preventScroll:!0}),this.scrollIntoView({block:`start`}))}render(){let{say:e,session:t}=this;return e?z`
      <div class="page" lang=${this.language}>
        ${$e(this.greeting(e),e=>void this.speak(e))}
        <main class="card">
          ${this.state===`open`&&this.session?this.bar(this.session):V}
          <div class="screen">${this.main()}</div>
          ${this.support()}
        </main>
        ${this.footer()} ${et(t,e,this.ways)}
      </div>
    `:this.state===`offline`?Ha(()=>void this.begin()):V}greeting(e){let{session:t,server:n,language:r,untranslated:i}=this;return{session:t,server:n,language:r,say:e,untranslated:i}}bar(e){if(e.case.state!==`collecting`)return V;let{done:t,all:n}=wt(e);return z`
      <div class="bar">
        <progress max=${n} .value=${t} aria-label=${e.say(`common.progress`)}></progress>
        <span class="small quiet">${e.say(`common.steps`,{done:t,all:n})}</span>
      </div>
    `}support(){if(this.state!==`open`||this.session?.case.state!==`collecting`||_t(this.session,this.local).name===`mend`)return V;let{ended:e}=this.handlers;return z`<bf-support class="aside" .session=${this.session} @ended=${e}></bf-support>`}main(){let e=this.say;if(this.state===`open`&&this.session){let e=_t(this.session,this.local);return je(vt(e,this.local),za(e,this.session,this.handlers))}if(this.state===`arriving`)return z`<bf-arrival .code=${this.handoff} .server=${this.server} .say=${e}
        @arrived=${e=>this.goOn(e.detail)}></bf-arrival>`;if(this.state===`loading`)return z`<div class="stack"><div class="spinner" aria-hidden="true"></div>
        <p role="status">${e(`common.loading`)}</p></div>`;let t=this.state;return z`
      <div class="stack">
        <div class="badge">${G(t===`offline`?`network`:t===`unlinked`?`person`:`clock`)}</div>
        <h1 tabindex="-1">${e(`trouble.${t}_title`)}</h1>
        <p>${e(t===`offline`?this.failure:`trouble.${t}`)}</p>
        ${t===`offline`?z`<div class="actions">
              <button type="button" class="first" @click=${this.begin}>${e(`common.again`)}</button>
            </div>`:V}
      </div>
    `}footer(){let e=this.say;return z`
      <footer class="small">
        <a href=${`${this.server}/flow/help/${this.language}.html`} target="_blank" rel="noopener">${e(`common.help`)}</a>
        ${this.session&&this.state===`open`?z`${this.elsewhere()}
              <button type="button" class="link" @click=${this.leave}>${e(`common.leave`)}</button>`:V}
      </footer>
    `}elsewhere(){return this.session?.case.state!==`collecting`||this.local.elsewhere||this.arrived?V:z`
      <button type="button" class="link" @click=${()=>this.mark({elsewhere:!0})}>
        ${this.say?.(`handoff.offer`)}
      </button>
    `}};customElements.define(`bonafide-flow`,Wa);export{st as i,ct as n,lt as r,Wa as t};