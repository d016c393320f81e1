//! scratch
use std::collections::BTreeMap;
use std::io::Read;
use forecast::series::Series;
fn main(){
    let mut text=String::new(); std::io::stdin().read_to_string(&mut text).unwrap();
    let a:Vec<usize>=std::env::args().skip(1).map(|x|x.parse().unwrap()).collect(); let (m,h)=(a[0],a[1]);
    let mut train:BTreeMap<String,Vec<f64>>=BTreeMap::new(); let mut test=train.clone();
    for l in text.lines().skip(1){ let p:Vec<&str>=l.split(',').collect(); let m=if p[3]=="train"{&mut train}else{&mut test}; m.entry(p[0].into()).or_default().push(p[2].parse().unwrap()); }
    let s:Vec<Series>=train.iter().map(|(k,v)|Series::new(k,v)).collect();
    let t=std::time::Instant::now();
    let mut o=forecast::Options::new(m,h); o.levels=vec![50.0,80.0,95.0,99.0];
    let f=forecast::forecast::forecast(&s,&o).unwrap();
    let mut cov=[0.0;4]; let mut w=[0.0;4]; let mut n=0.0; let mut cov1=0.0;
    let mut owa=(0.0,0.0);
    for f in &f { let y=&test[&f.id]; let sc=forecast::score::scale(&train[&f.id],m).unwrap();
        for i in 0..h { n+=1.0; for (k,b) in f.bands.iter().enumerate() { let l=b.level/100.0; let (lo,up)=(b.lower[i],b.upper[i]); if lo<=y[i]&&y[i]<=up{cov[k]+=1.0;}
            w[k]+=((up-lo)+2.0/(1.0-l)*((lo-y[i]).max(0.0)+(y[i]-up).max(0.0)))/sc; }
            if i==0 && f.bands[2].lower[0]<=y[0] && y[0]<=f.bands[2].upper[0] {cov1+=1.0;}
            owa.0+=200.0*(y[i]-f.mean[i]).abs()/(y[i].abs()+f.mean[i].abs()); owa.1+=(y[i]-f.mean[i]).abs()/sc; } }
    println!("{} series owa {:.4} cov {:?} h1 {:.3} msis {:?} ms {:.2}",s.len(),0.5*(owa.0/n/9.950604927925369+owa.1/n/1.2383619403601072),cov.map(|c|(c/n*1e4).round()/1e4),cov1/s.len() as f64,w.map(|c|(c/n*100.0).round()/100.0),t.elapsed().as_secs_f64()*1000.0/s.len() as f64);
}
