import { chromium } from "@playwright/test";
import { preview } from "vite";
const flags=["--enable-unsafe-swiftshader","--use-gl=angle","--use-angle=swiftshader","--ignore-gpu-blocklist","--disable-gpu-compositing","--disable-quic","--no-first-run","--disable-background-networking","--disable-component-update","--disable-sync"];
const hash=process.argv[3]??"dataset=digits&hidden=64&batchSize=128";
const server=await preview({root:process.argv[2],preview:{port:0,host:"127.0.0.1"},logLevel:"warn"});
const url=`http://127.0.0.1:${server.httpServer.address().port}/`;
const b=await chromium.launch({executablePath:"/usr/bin/chromium",args:flags});
for (const [name,h] of [["advance",900],["play max",900],["play 60",900]]) {
const page=await b.newPage({viewport:{width:1440,height:h}});
await page.goto(url+"?engine="+(process.argv[4]??"webgl")+"&paused#"+hash);await page.evaluate(()=>window.alphascope.ready);
const r=await page.evaluate(async(name)=>{const a=window.alphascope;
 if(name==="advance"){await a.advance(20);const t=performance.now();await a.advance(100);return 100000/(performance.now()-t)}
 const sel=[...document.querySelectorAll("select")].find(s=>[...s.options].some(o=>o.textContent==="max"));
 if(name.includes("max")){Object.getOwnPropertyDescriptor(HTMLSelectElement.prototype,"value").set.call(sel,[...sel.options].find(o=>o.textContent==="max").value);sel.dispatchEvent(new Event("change",{bubbles:true}))}
 a.play();await new Promise(r=>setTimeout(r,4000));const s=a.status().step,t=performance.now();
 let frames=0;let go=true;const f=()=>{frames++;if(go)requestAnimationFrame(f)};requestAnimationFrame(f);
 await new Promise(r=>setTimeout(r,6000));go=false;
 return [(a.status().step-s)*1000/(performance.now()-t),frames/6]},name);
console.log(name,JSON.stringify(r));await page.close();}
await b.close();await server.close();process.exit(0);
